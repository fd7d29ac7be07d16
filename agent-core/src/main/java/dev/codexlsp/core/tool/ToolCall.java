package dev.codexlsp.core.tool;

/// A call as the model wrote it.
///
/// @param namespace what groups the tool with others; empty for none
/// @param input JSON text, not yet checked
/// @param isFreeform whether the input is no JSON but a text for a custom tool
public record ToolCall(
    String callId, String namespace, String name, String input, boolean isFreeform) {}
