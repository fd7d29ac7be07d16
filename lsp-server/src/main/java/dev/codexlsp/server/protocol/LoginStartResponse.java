package dev.codexlsp.server.protocol;

/// The sign-in has begun; `account/login/completed` tells how it ended.
public record LoginStartResponse(String type) {}
