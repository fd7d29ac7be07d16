package dev.codexlsp.server.protocol;

/// Nothing needs to be said.
public record ModelProviderListParams() {}
