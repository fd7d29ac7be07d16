package dev.codexlsp.server.headless;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The prompt of the command line and what standard input adds to it.
final class PromptSource {
  /// More than any model reads.
  private static final int MAX_BYTES = 1 << 20;

  /// Longer than a program takes that pipes something in, as a rule.
  private static final Duration HINT_AFTER = Duration.ofSeconds(2);

  private final InputStream in;
  private final boolean isAttended;
  private final PrintStream err;

  /// @param isAttended whether somebody sits at a terminal, who is not waited for
  /// @param err where it says that it waits
  PromptSource(InputStream in, boolean isAttended, PrintStream err) {
    this.in = in;
    this.isAttended = isAttended;
    this.err = err;
  }

  /// @throws IOException with words for the user
  String read(@Nullable String argument) throws IOException {
    if (argument == null || argument.equals("-")) {
      if (isAttended) {
        err.println("codex-lsp: reading the prompt; end it with Ctrl-D");
      }
      return notBlank(text());
    }
    String added = isAttended ? "" : added();
    return notBlank(
        added.isBlank()
            ? argument
            : argument + "\n\n<stdin>\n" + added.stripTrailing() + "\n</stdin>");
  }

  /// Somebody who has left the input open by mistake would wait without an end and without a word.
  private String added() throws IOException {
    Thread hint = Thread.ofVirtual().name("hint").start(this::hint);
    try {
      return text();
    } finally {
      hint.interrupt();
    }
  }

  private void hint() {
    try {
      Thread.sleep(HINT_AFTER);
      err.println(
          "codex-lsp: standard input is still open, and read to its end; </dev/null leaves it out");
    } catch (InterruptedException read) {
      Thread.currentThread().interrupt();
    }
  }

  private String text() throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new IOException("standard input holds more than " + MAX_BYTES + " bytes");
    }
    return new String(bytes, UTF_8);
  }

  private static String notBlank(String prompt) throws IOException {
    if (prompt.isBlank()) {
      throw new IOException("there is no prompt, neither as an argument nor on standard input");
    }
    return prompt;
  }
}
