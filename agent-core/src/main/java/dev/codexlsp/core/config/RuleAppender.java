package dev.codexlsp.core.config;

import dev.codexlsp.exec.local.AdvisoryLock;
import dev.codexlsp.exec.local.AdvisoryLock.Mode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// Adds lines to a rule file that others add to as well.
///
/// The file itself is locked, as the original's programs do, and the line is appended by one write
/// and not by a new file in its place: a writer that waits for the lock would then write the old
/// one. What was there is never rewritten, so links, mode and comments stay. A write that fails is
/// taken back.
record RuleAppender(Path file) {
  /// Whoever holds the lock writes one line; longer means stopped or broken.
  private static final Duration WAIT = Duration.ofSeconds(2);

  void append(List<String> prefix) throws ConfigException, InterruptedException {
    String line = line(prefix);
    try {
      Files.createDirectories(
          file.toAbsolutePath().getParent(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      try (AdvisoryLock _ = AdvisoryLock.acquire(file, Mode.EXCLUSIVE, WAIT)) {
        String before = new ConfigFile(file).text();
        if (before.lines().noneMatch(line::equals)) {
          boolean isOpen = !before.isEmpty() && !before.endsWith("\n");
          write((isOpen ? "\n" : "") + line + "\n");
        }
      }
    } catch (IOException e) {
      throw new ConfigException(file, null, null, "cannot be written: " + e.getMessage());
    }
  }

  private void write(String text) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      long end = channel.size();
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      try {
        while (bytes.hasRemaining()) {
          channel.write(bytes, end + bytes.position());
        }
        channel.force(true);
      } catch (IOException failed) {
        channel.truncate(end);
        throw failed;
      }
    }
  }

  /// The line as the original writes it.
  static String line(List<String> prefix) {
    String words =
        prefix.stream().map(RuleAppender::literal).collect(Collectors.joining(", ", "[", "]"));
    return "prefix_rule(pattern=" + words + ", decision=\"allow\")";
  }

  private static String literal(String word) {
    String escaped =
        word.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t");
    return '"' + escaped + '"';
  }
}
