package dev.codexlsp.server.protocol;

/// All have been told; how each ended comes as `item/completed`.
public record TerminalsCleanResponse() {}
