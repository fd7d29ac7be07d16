package dev.codexlsp.server.protocol;

import org.jspecify.annotations.Nullable;

/// A wish to sign in.
///
/// @param type how to sign in
/// @param apiKey for the type `apiKey`
public record LoginStartParams(String type, @Nullable String apiKey) {
  /// The key is not printed.
  @Override
  public String toString() {
    return "LoginStartParams[" + type + "]";
  }
}
