package dev.codexlsp.server.protocol;

/// Whether the skill is on now.
public record SkillsConfigWriteResponse(boolean effectiveEnabled) {}
