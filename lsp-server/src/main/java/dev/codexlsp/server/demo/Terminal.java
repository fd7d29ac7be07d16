package dev.codexlsp.server.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Where the demo is watched, and where it asks. Belongs to the demo's own thread.
public final class Terminal {
  private final BufferedReader in;
  private final PrintStream out;
  private boolean attended;

  /// @param attended whether somebody sits there; nobody is asked otherwise
  public Terminal(InputStream in, PrintStream out, boolean attended) {
    this.in = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()));
    this.out = out;
    this.attended = attended;
  }

  PrintStream out() {
    return out;
  }

  boolean attended() {
    return attended;
  }

  /// The line that the person types; null when none comes in the time given, and then nobody is
  /// asked any more.
  ///
  /// A read from a terminal cannot be interrupted, so a daemon thread reads, which ends with the
  /// line or with the process.
  @Nullable String ask(String question, Duration patience) throws InterruptedException {
    out.print(question);
    out.flush();
    CompletableFuture<@Nullable String> answer = new CompletableFuture<>();
    Thread.ofPlatform().daemon().name("terminal").start(() -> read(answer));
    try {
      String line = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      attended = line != null;
      return line;
    } catch (ExecutionException | TimeoutException none) {
      attended = false;
      return null;
    }
  }

  private void read(CompletableFuture<@Nullable String> answer) {
    try {
      answer.complete(in.readLine());
    } catch (IOException failure) {
      answer.completeExceptionally(failure);
    }
  }
}
