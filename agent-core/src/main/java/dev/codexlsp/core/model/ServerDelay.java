package dev.codexlsp.core.model;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds out how long a server asks us to wait. Null means that it names no time we understand.
final class ServerDelay {

  /// A server that names more than this is asked again after this.
  static final Duration LONGEST = Duration.ofHours(1);

  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
  private static final Pattern IN_TEXT =
      Pattern.compile(
          "try again in\\s{0,9}(\\d{1,9}(?:\\.\\d{1,9})?)\\s{0,9}(ms|s|seconds?)\\b",
          Pattern.CASE_INSENSITIVE);

  private ServerDelay() {}

  /// The value of `retry-after`: whole seconds, or a date.
  static @Nullable Duration ofHeader(String value, Clock clock) {
    String text = value.strip();
    if (SECONDS.matcher(text).matches()) {
      return bounded(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return bounded(Duration.between(clock.instant(), date));
    } catch (DateTimeException e) {
      return null;
    }
  }

  /// A message that says "try again in 1.3s", in seconds or milliseconds.
  static @Nullable Duration ofMessage(String message) {
    Matcher named = IN_TEXT.matcher(message);
    if (!named.find()) {
      return null;
    }
    double millisPerUnit = named.group(2).equalsIgnoreCase("ms") ? 1 : 1_000;
    double millis = Double.parseDouble(named.group(1)) * millisPerUnit;
    return bounded(Duration.ofNanos(Math.round(millis * 1_000_000)));
  }

  private static Duration bounded(Duration delay) {
    if (delay.isNegative()) {
      return Duration.ZERO;
    }
    return delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
  }
}
