package dev.codexlsp.core.config;

/// What the user has said of a project (`projects."PATH".trust_level`).
enum Trust {
  TRUSTED,
  UNTRUSTED,
  /// Nothing yet.
  UNKNOWN
}
