package dev.codexlsp.server.protocol;

/// How the command ended comes as `item/completed`.
///
/// @param terminated false when no command of that id ran in the background
public record TerminalsTerminateResponse(boolean terminated) {}
