package dev.codexlsp.core.tool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What is kept of a command's output: the first and the last 512 KiB. The middle of more than that
/// is counted and let go. Confined to the turn's thread.
final class RetainedOutput {
  static final int PART_LIMIT = 512 * 1024;

  private byte[] head = new byte[8 * 1024];
  private int headLength;
  private byte[] tail = new byte[0];
  private int tailStart;
  private int tailLength;
  private long total;
  private long newlines;

  void append(ByteBuffer bytes) {
    ByteBuffer rest = bytes.duplicate();
    total += rest.remaining();
    for (int i = rest.position(); i < rest.limit(); i++) {
      if (rest.get(i) == '\n') {
        newlines++;
      }
    }
    int toHead = Math.min(rest.remaining(), PART_LIMIT - headLength);
    if (headLength + toHead > head.length) {
      head = Arrays.copyOf(head, Math.min(PART_LIMIT, (headLength + toHead) * 2));
    }
    rest.get(head, headLength, toHead);
    headLength += toHead;
    while (rest.hasRemaining()) {
      appendToTail(rest);
    }
  }

  /// The tail is a ring; new bytes push the oldest out.
  private void appendToTail(ByteBuffer rest) {
    if (tail.length == 0) {
      tail = new byte[PART_LIMIT];
    }
    int end = (tailStart + tailLength) % PART_LIMIT;
    int count = Math.min(rest.remaining(), PART_LIMIT - end);
    rest.get(tail, end, count);
    int pushedOut = Math.max(0, tailLength + count - PART_LIMIT);
    tailStart = (tailStart + pushedOut) % PART_LIMIT;
    tailLength += count - pushedOut;
  }

  long totalBytes() {
    return total;
  }

  /// Lines begun, as an editor counts them.
  long totalLines() {
    return newlines;
  }

  boolean isWhole() {
    return headLength + tailLength == total;
  }

  byte[] headBytes() {
    return Arrays.copyOf(head, headLength);
  }

  byte[] tailBytes() {
    byte[] bytes = new byte[tailLength];
    int first = Math.min(tailLength, PART_LIMIT - tailStart);
    System.arraycopy(tail, tailStart, bytes, 0, first);
    System.arraycopy(tail, 0, bytes, first, tailLength - first);
    return bytes;
  }

  /// The retained bytes, the cut in the middle not marked.
  byte[] bytes() {
    byte[] bytes = Arrays.copyOf(head, headLength + tailLength);
    System.arraycopy(tailBytes(), 0, bytes, headLength, tailLength);
    return bytes;
  }

  /// The text for the item, or null when nothing was written.
  @Nullable String text() {
    if (total == 0) {
      return null;
    }
    if (isWhole()) {
      return new String(bytes(), StandardCharsets.UTF_8);
    }
    byte[] first = headBytes();
    byte[] last = tailBytes();
    int headEnd = Utf8.endOfCharacter(first, first.length);
    int tailBegin = Utf8.startOfCharacter(last, 0);
    return new String(first, 0, headEnd, StandardCharsets.UTF_8)
        + "\n[… "
        + (total - headEnd - (last.length - tailBegin))
        + " bytes not kept …]\n"
        + new String(last, tailBegin, last.length - tailBegin, StandardCharsets.UTF_8);
  }
}
