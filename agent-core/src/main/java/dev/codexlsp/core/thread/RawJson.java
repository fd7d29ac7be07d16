package dev.codexlsp.core.thread;

/// A value that passes through us: JSON that only its sender and its receiver understand.
///
/// @param text well-formed JSON
public record RawJson(String text) {}
