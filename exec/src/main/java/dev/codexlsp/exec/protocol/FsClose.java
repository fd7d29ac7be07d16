package dev.codexlsp.exec.protocol;

/// Closes an open file. It is no error when there is none.
public record FsClose(String handleId) {}
