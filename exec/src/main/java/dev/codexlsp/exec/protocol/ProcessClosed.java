package dev.codexlsp.exec.protocol;

/// A process has ended and all its output has been told: nothing follows.
public record ProcessClosed(String processId, long seq) {}
