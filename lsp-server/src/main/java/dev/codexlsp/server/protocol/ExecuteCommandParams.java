package dev.codexlsp.server.protocol;

import com.google.gson.JsonArray;
import org.jspecify.annotations.Nullable;

/// LSP's own `workspace/executeCommand`.
public record ExecuteCommandParams(String command, @Nullable JsonArray arguments) {}
