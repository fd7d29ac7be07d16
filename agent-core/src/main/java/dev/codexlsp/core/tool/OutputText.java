package dev.codexlsp.core.tool;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The text a model gets about a command. Pure.
///
/// @param chunkId six hex digits
/// @param sessionId where more is to be had; null when the command has ended
/// @param exitCode null when the end was never seen
/// @param remark a further line about how it ended, or null
/// @param budget tokens the output may take; a token is taken for four bytes
record OutputText(
    String chunkId,
    Duration wallTime,
    @Nullable String sessionId,
    @Nullable Integer exitCode,
    @Nullable String remark,
    RetainedOutput output,
    int budget) {
  private static final int BYTES_PER_TOKEN = 4;

  String render() {
    StringBuilder text = new StringBuilder();
    text.append("Chunk ID: ").append(chunkId).append('\n');
    text.append(String.format(Locale.ROOT, "Wall time: %.4f seconds%n", wallTime.toNanos() / 1e9));
    if (sessionId != null) {
      text.append("Process running with session ID ").append(sessionId).append('\n');
    }
    if (exitCode != null) {
      text.append("Process exited with code ").append(exitCode).append('\n');
    }
    if (remark != null) {
      text.append(remark).append('\n');
    }
    text.append("Original token count: ").append(tokens()).append('\n');
    return text.append("Output:\n").append(body()).toString();
  }

  private long tokens() {
    return (output.totalBytes() + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
  }

  /// Everything when it fits; else the beginning and the end, half of the budget each.
  private String body() {
    byte[] retained = output.bytes();
    if (tokens() <= budget && output.isWhole()) {
      return new String(retained, StandardCharsets.UTF_8);
    }
    int half = (int) Math.min((long) budget * BYTES_PER_TOKEN / 2, RetainedOutput.PART_LIMIT);
    int headEnd = Utf8.endOfCharacter(retained, half);
    int tailStart = Utf8.startOfCharacter(retained, retained.length - half);
    return "Warning: truncated output (original token count: "
        + tokens()
        + ")\n"
        + "Total output lines: "
        + output.totalLines()
        + "\n\n"
        + new String(retained, 0, headEnd, StandardCharsets.UTF_8)
        + "…"
        + (tokens() - 2L * half / BYTES_PER_TOKEN)
        + " tokens truncated…"
        + new String(retained, tailStart, retained.length - tailStart, StandardCharsets.UTF_8);
  }
}
