package dev.codexlsp.exec.protocol;

/// The result of a method that has nothing to say.
public record Done() {}
