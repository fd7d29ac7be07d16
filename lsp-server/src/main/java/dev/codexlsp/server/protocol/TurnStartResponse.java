package dev.codexlsp.server.protocol;

import dev.codexlsp.core.thread.Turn;

/// The turn, not yet started.
public record TurnStartResponse(Turn turn) {}
