package dev.codexlsp.core.model;

import org.jspecify.annotations.Nullable;

/// A secret that must not reach a log, a rollout or an error message: its text form hides it.
///
/// @param accountId whose of several accounts the secret's owner means; null for the only one
public record Credential(String secret, @Nullable String accountId) {
  public Credential(String secret) {
    this(secret, null);
  }

  @Override
  public String toString() {
    return "Credential[hidden]";
  }
}
