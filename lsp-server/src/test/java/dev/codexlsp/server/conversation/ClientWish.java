package dev.codexlsp.server.conversation;

import java.util.Locale;

/// What makes the client of a conversation differ from one that can do nothing and lacks nothing.
enum ClientWish {
  /// It answers our own approval requests.
  APPROVALS,
  /// It shows progress.
  PROGRESS,
  /// It offers actions in its messages.
  SHOW_MESSAGE,
  /// It wants to be asked for its settings, and to be told that we want to hear of changes.
  SETTINGS,
  /// It has opened no folder.
  NO_FOLDER,
  /// Its user has not set the model provider's key.
  NO_KEY;

  /// Reads a name as it is written in a file, with spaces.
  static ClientWish named(String line) {
    return valueOf(line.strip().replace(' ', '_').toUpperCase(Locale.ROOT));
  }
}
