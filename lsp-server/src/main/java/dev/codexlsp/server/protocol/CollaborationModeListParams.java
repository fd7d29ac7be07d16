package dev.codexlsp.server.protocol;

/// All of them are listed.
public record CollaborationModeListParams() {}
