package dev.codexlsp.server.protocol;

/// The sign-in that is not wanted any more.
///
/// @param loginId what `account/login/start` answered
public record LoginCancelParams(String loginId) {}
