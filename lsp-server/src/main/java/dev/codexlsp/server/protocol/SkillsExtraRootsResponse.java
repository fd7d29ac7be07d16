package dev.codexlsp.server.protocol;

/// They count from the next turn on.
public record SkillsExtraRootsResponse() {}
