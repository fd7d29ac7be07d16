package dev.codexlsp.exec.remote;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Parts of sentences for people. Pure.
final class Words {
  private static final int QUOTED_LIMIT = 120;

  private Words() {}

  static String of(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }

  /// What is wrong with a connection.
  static String of(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
        return "its host is not known";
      }
    }
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return failure instanceof ConnectException ? "connection refused" : "the connection broke";
    }
    return lowerCase(firstLine(message));
  }

  /// As the middle of a sentence; names in capitals stay.
  private static String lowerCase(String text) {
    boolean isWord = text.length() > 1 && Character.isLowerCase(text.charAt(1));
    return isWord ? Character.toLowerCase(text.charAt(0)) + text.substring(1) : text;
  }

  /// The beginning of what somebody said.
  static String quoted(ByteBuffer bytes) {
    return "\"" + firstLine(StandardCharsets.UTF_8.decode(bytes.duplicate()).toString()) + "\"";
  }

  /// On one line, printable, and not endless.
  static String firstLine(String text) {
    String line = text.strip().lines().findFirst().orElse("");
    StringBuilder shown = new StringBuilder();
    line.codePoints()
        .limit(QUOTED_LIMIT)
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .forEach(shown::appendCodePoint);
    return line.length() > QUOTED_LIMIT ? shown + "…" : shown.toString();
  }
}
