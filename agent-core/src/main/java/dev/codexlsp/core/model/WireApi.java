package dev.codexlsp.core.model;

/// What a provider speaks.
public enum WireApi {
  /// OpenAI's Responses API.
  RESPONSES,

  /// Chat completions, which is what most servers of local models speak.
  CHAT
}
