package dev.codexlsp.exec.local;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.foreign.MemorySegment;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What bubblewrap says of how things went, apart from its exit code, which it has in common with
/// the command: two lines of JSON that fit into any pipe. Owned by the launcher's thread.
final class SandboxStatus {
  private static final Pattern EXIT = Pattern.compile("\"exit-code\"\\s*:\\s*\\d");
  private static final Pattern CHILD = Pattern.compile("\"child-pid\"\\s*:\\s*(\\d{1,9})");
  private static final int MOST_BYTES = 4096;

  private final Libc libc;
  private final int fd;
  private final StringBuilder text = new StringBuilder();

  /// @param fd our end of a pipe; does not block
  SandboxStatus(Libc libc, int fd) {
    this.libc = libc;
    this.fd = fd;
  }

  private void read(MemorySegment buffer) {
    long count;
    do {
      count = libc.read(fd, buffer, buffer.byteSize());
      if (count > 0 && text.length() < MOST_BYTES) {
        text.append(new String(buffer.asSlice(0, count).toArray(JAVA_BYTE), US_ASCII));
      }
    } while (count > 0);
  }

  /// Once bubblewrap has ended by itself: whether the command was started at all.
  boolean hasRun(MemorySegment buffer) {
    read(buffer);
    return EXIT.matcher(text).find();
  }

  /// The first process in there, with which all others end; 0 as long as there is none.
  int firstInside(MemorySegment buffer) {
    read(buffer);
    Matcher found = CHILD.matcher(text);
    return found.find() ? Integer.parseInt(found.group(1)) : 0;
  }

  void close() {
    libc.close(fd);
  }
}
