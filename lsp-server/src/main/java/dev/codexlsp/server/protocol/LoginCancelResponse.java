package dev.codexlsp.server.protocol;

/// What became of the sign-in.
///
/// @param status `canceled` or `notFound`
public record LoginCancelResponse(String status) {}
