package dev.codexlsp.core.approval;

/// What an acceptance for the session covers: exactly the same again, nothing similar, and nothing
/// elsewhere.
public sealed interface SessionKey permits CommandKey, FileKey {}
