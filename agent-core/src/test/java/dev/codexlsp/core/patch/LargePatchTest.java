package dev.codexlsp.core.patch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Large files and long patches. The time is no measurement: a search that is quadratic takes
/// minutes here, this one takes about a second on a busy machine.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LargePatchTest {
  private static final int LINES = 200_000;
  private static final int CHUNKS = 2_000;

  /// Each chunk matches only by typography, and every second line of it is all over the file.
  @Test
  void manyChunksInALongFile() throws Exception {
    StringBuilder before = new StringBuilder();
    StringBuilder after = new StringBuilder();
    StringBuilder chunks = new StringBuilder();
    for (int i = 0; i < LINES; i += 2) {
      before.append("}\n  “").append(i).append("”\n");
      after.append("}\n  ");
      if (i % (LINES / CHUNKS) == 0) {
        chunks.append("@@\n }\n-\"").append(i).append("\"\n+  new\n");
        after.append("new\n");
      } else {
        after.append("“").append(i).append("”\n");
      }
    }
    assertThat(Plans.update(before.toString(), chunks.toString().stripTrailing()))
        .isEqualTo(after.toString());
  }

  /// Every line of the chunk stands everywhere, the chunk itself nowhere.
  @Test
  void aLongChunkThatAlmostMatchesEverywhere() throws Exception {
    String before = ("a\n".repeat(999) + "b\n").repeat(LINES / 1000);
    assertThat(Plans.update(before, "@@\n" + "-a\n".repeat(1000) + "+c"))
        .startsWith("Failed to find expected lines in /w/f:\na\n");
  }

  @Test
  void aDiffOfTextsWithoutAnythingInCommon() {
    String before = "a\nb\n".repeat(LINES / 2);
    String after = "c\nd\n".repeat(LINES / 2);
    assertThat(new FileChange.Updated(Plans.FOLDER, null, before, after).diff())
        .startsWith("@@ -1,200000 +1,200000 @@\n-a\n-b\n")
        .hasSize("@@ -1,200000 +1,200000 @@\n".length() + 6 * LINES);
  }

  @Test
  void aPatchOfManyFiles() throws Exception {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < CHUNKS; i++) {
      body.append("*** Add File: f").append(i).append("\n+x\n");
    }
    assertThat(((PlanResult.Planned) Plans.plan(Map.of(), body.toString().strip())).changes())
        .hasSize(CHUNKS);
  }

  @Test
  void aFileBeyondTheLimitIsNotPatched() {
    assertThat(
            List.of(
                SourceFile.of(ByteBuffer.allocate(SourceFile.LIMIT_BYTES + 1)),
                SourceFile.of(ByteBuffer.wrap("ü\ufeff😀".getBytes(StandardCharsets.UTF_8))),
                SourceFile.of(ByteBuffer.wrap(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}))))
        .isEqualTo(
            List.of(
                new SourceFile.Opaque("larger than 67108864 bytes"),
                new SourceFile.Text("ü\ufeff😀"),
                new SourceFile.Opaque("not valid UTF-8")));
  }
}
