package dev.codexlsp.exec.remote;

import java.time.Duration;

/// How long a remote backend waits, and for what.
///
/// @param recovery for a session whose connection was lost to be resumed
/// @param answer for the answer to a call
/// @param keepAlive without a word from the server, until it is asked for a sign of life, and then
///   again for that
/// @param consumer for one process's consumer to take something, while the other processes of the
///   connection wait with it; after that the output is let go and read again later
/// @param gap for a number that is missing while later ones are there
/// @param drain for the end of the output after the exit
/// @param denial the same when the sandbox has refused something
public record Timing(
    Duration recovery,
    Duration answer,
    Duration keepAlive,
    Duration consumer,
    Duration gap,
    Duration drain,
    Duration denial) {

  /// What people get; the first and the last are the original's.
  ///
  /// @param drain see [dev.codexlsp.exec.local.LocalBackend]: a command shall behave the same here
  ///   and there
  public static Timing standard(Duration drain) {
    return new Timing(
        Duration.ofSeconds(45),
        Duration.ofSeconds(60),
        Duration.ofSeconds(30),
        Duration.ofSeconds(5),
        Duration.ofMillis(1500),
        drain,
        Duration.ofMillis(150));
  }
}
