package dev.codexlsp.exec.protocol;

import org.jspecify.annotations.Nullable;

/// Numbers that are never negative on this wire.
final class Unsigned {
  private Unsigned() {}

  /// For the constructor of a record: what it throws is told to the peer.
  static void check(String name, @Nullable Long value) {
    if (value != null && value < 0) {
      throw new IllegalArgumentException(name + " must not be negative: " + value);
    }
  }
}
