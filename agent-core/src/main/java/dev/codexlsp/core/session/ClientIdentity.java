package dev.codexlsp.core.session;

/// Who the model's service is told is asking.
///
/// @param originator the program that the user sees
/// @param source the original's word for the kind of program (`vscode`, `exec`)
public record ClientIdentity(String originator, String source, String userAgent) {}
