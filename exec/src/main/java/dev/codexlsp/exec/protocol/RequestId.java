package dev.codexlsp.exec.protocol;

/// What ties an answer to its request.
public sealed interface RequestId {
  /// The id of an answer to what could not be understood at all.
  RequestId UNREADABLE = new Numeric(-1);

  record Numeric(long value) implements RequestId {}

  record Text(String value) implements RequestId {}
}
