package dev.codexlsp.core.session;

/// Who the model's service is told is asking.
///
/// @param originator the program that the user sees
public record ClientIdentity(String originator, String userAgent) {}
