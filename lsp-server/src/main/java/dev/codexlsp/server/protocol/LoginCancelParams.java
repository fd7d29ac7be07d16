package dev.codexlsp.server.protocol;

/// @param loginId what `account/login/start` answered
public record LoginCancelParams(String loginId) {}
