package dev.codexlsp.core.config;

import org.jspecify.annotations.Nullable;

/// Why nothing has been written.
public final class ConfigWriteException extends Exception {
  private static final long serialVersionUID = 1;

  private final @Nullable Code code;

  /// For programs; the words are those of the wire.
  public enum Code {
    CONFIG_VERSION_CONFLICT,
    CONFIG_VALIDATION_ERROR,
    CONFIG_LAYER_READONLY
  }

  ConfigWriteException(@Nullable Code code, String message) {
    super(message);
    this.code = code;
  }

  /// Null when it is not the caller's fault.
  public @Nullable Code code() {
    return code;
  }
}
