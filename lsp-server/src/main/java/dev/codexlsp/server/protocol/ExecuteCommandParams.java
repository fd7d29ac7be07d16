package dev.codexlsp.server.protocol;

import com.google.gson.JsonElement;
import org.jspecify.annotations.Nullable;

/// LSP's own `workspace/executeCommand`.
///
/// @param arguments an array, if the command takes any
public record ExecuteCommandParams(String command, @Nullable JsonElement arguments) {}
