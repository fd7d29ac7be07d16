package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.protocol.ExecChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Connects by starting a program, whose standard input and output are the connection. A program
/// that has ended is started again to resume: the server behind it may know the session still.
final class ProgramDialer implements Dialer {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  /// Doublings of the pause: a program costs more than a connection.
  private static final int MAX_DOUBLINGS = 5;

  /// `error=2, No such file or directory` or `error: 2 (No such file or directory)`.
  private static final Pattern CAUSE = Pattern.compile("error[=:] ?(\\d+)[, (]+([^)]+)");

  private static final String NO_ENTRY = "2";

  /// All programs together, at the end.
  private static final Duration CLOSE_LIMIT = Duration.ofMillis(600);

  private final RemotePlace.Program place;
  private final Duration keepAlive;

  /// All that were ever started and not seen to end. Two at most, unless the server goes away again
  /// and again.
  private final Set<ProgramChannel> channels = ConcurrentHashMap.newKeySet();

  /// @param keepAlive how long a silence may last before it is looked into
  ProgramDialer(RemotePlace.Program place, Duration keepAlive) {
    this.place = place;
    this.keepAlive = keepAlive;
  }

  @Override
  public ExecChannel dial(Duration limit) throws DialException {
    String program = place.argv().getFirst();
    if (!Files.isDirectory(place.directory())) {
      throw new DialException(
          "cannot start " + program + ": there is no folder " + place.directory(), false);
    }
    ProcessBuilder builder = new ProcessBuilder(place.argv()).directory(place.directory().toFile());
    builder.environment().clear();
    try {
      builder.environment().putAll(place.environment());
      ProgramChannel channel = new ProgramChannel(program, builder.start());
      channels.removeIf(ProgramChannel::hasEnded);
      channels.add(channel);
      return channel;
    } catch (IOException failure) {
      throw new DialException("cannot start " + program + ": " + reason(failure), false);
    } catch (IllegalArgumentException _) {
      // Not quoted: a variable may hold a secret.
      throw new DialException(
          "cannot start " + program + ": its environment has a variable that cannot be passed on",
          false);
    }
  }

  /// The JDK's own words name the program again, and the cause by number too.
  private static String reason(IOException failure) {
    Matcher cause = CAUSE.matcher(String.valueOf(failure.getMessage()));
    if (!cause.find()) {
      return Words.of(failure);
    }
    return cause.group(1).equals(NO_ENTRY) ? "there is no such program" : cause.group(2);
  }

  @Override
  public Duration pause(int attempts) {
    return FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, MAX_DOUBLINGS));
  }

  /// Platform threads, because a pipe pins a carrier for as long as nothing comes or goes.
  @Override
  public Thread.Builder threads() {
    return Thread.ofPlatform().daemon();
  }

  @Override
  public Duration askAfter() {
    return keepAlive;
  }

  @Override
  public void close() {
    channels.forEach(ProgramChannel::close);
    Deadline deadline = Deadline.in(CLOSE_LIMIT);
    try {
      for (ProgramChannel channel : channels) {
        channel.awaitEnd(deadline);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
