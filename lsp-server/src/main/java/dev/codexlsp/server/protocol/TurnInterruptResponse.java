package dev.codexlsp.server.protocol;

/// The turn has been told; how it ended comes as `turn/completed`.
public record TurnInterruptResponse() {}
