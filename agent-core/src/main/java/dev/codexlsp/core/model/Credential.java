package dev.codexlsp.core.model;

/// A secret that must not reach a log, a rollout or an error message: its text form hides it.
public record Credential(String secret) {
  @Override
  public String toString() {
    return "Credential[hidden]";
  }
}
