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

  /// The text when an answer may only be so long. A fifth more is for the words around the output;
  /// when they need more than that, the output gets less.
  ///
  /// @param limit tokens; null for no other limit than the budget
  String within(@Nullable Integer limit) {
    if (limit == null) {
      return render();
    }
    long allowed = (long) limit * BYTES_PER_TOKEN * 6 / 5;
    int tokens = Math.min(budget, limit);
    String text = with(tokens).render();
    long excess = bytes(text) - allowed;
    // Fewer tokens make the words around them longer by a digit or two, hence a second time.
    for (int i = 0; i < 2 && excess > 0 && tokens > 0; i++) {
      tokens = (int) Math.max(0, tokens - (excess + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN);
      text = with(tokens).render();
      excess = bytes(text) - allowed;
    }
    return text;
  }

  private OutputText with(int tokens) {
    return new OutputText(chunkId, wallTime, sessionId, exitCode, remark, output, tokens);
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

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
