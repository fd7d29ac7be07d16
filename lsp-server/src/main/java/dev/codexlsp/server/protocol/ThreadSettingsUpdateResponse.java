package dev.codexlsp.server.protocol;

/// The settings are taken.
public record ThreadSettingsUpdateResponse() {}
