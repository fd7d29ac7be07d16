package dev.codexlsp.server.protocol;

import dev.codexlsp.core.thread.TurnId;

/// The turn that will hear the words.
public record TurnSteerResponse(TurnId turnId) {}
