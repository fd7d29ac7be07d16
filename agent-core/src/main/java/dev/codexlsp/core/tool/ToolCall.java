package dev.codexlsp.core.tool;

/// A call as the model wrote it.
///
/// @param namespace what groups the tool with others; empty for none
/// @param input JSON text, not yet checked; free text for a custom tool
public record ToolCall(String callId, String namespace, String name, String input) {}
