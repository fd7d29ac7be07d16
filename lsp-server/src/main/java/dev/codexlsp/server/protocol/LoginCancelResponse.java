package dev.codexlsp.server.protocol;

/// @param status `canceled` or `notFound`
public record LoginCancelResponse(String status) {}
