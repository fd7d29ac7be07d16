package dev.codexlsp.server.protocol;

/// A turn for it will run; how it went comes as `turn/completed`.
public record CompactStartResponse() {}
