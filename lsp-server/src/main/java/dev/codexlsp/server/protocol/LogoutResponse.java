package dev.codexlsp.server.protocol;

/// Nobody is signed in any more.
public record LogoutResponse() {}
