package dev.codexlsp.exec.protocol;

/// The client has read the answer to its `initialize`; from here on it may ask anything.
public record Initialized() {}
