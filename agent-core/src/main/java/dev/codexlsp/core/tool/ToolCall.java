package dev.codexlsp.core.tool;

/// A call as the model wrote it.
///
/// @param arguments JSON text, not yet checked
public record ToolCall(String callId, String name, String arguments) {}
