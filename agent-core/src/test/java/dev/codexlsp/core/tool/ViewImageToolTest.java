package dev.codexlsp.core.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.exec.local.LocalBackend;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewImageToolTest {
  private static final byte[] GIF = {'G', 'I', 'F', '8', '9', 'a', 1, 0, 1, 0, 0, 0, 0};

  @TempDir Path folder;
  private final LocalBackend backend = new LocalBackend(Duration.ofMillis(200), Map.of());
  private final FakeTurn turn = new FakeTurn();

  @AfterEach
  void close() {
    backend.close();
  }

  private ToolResult view(String path) throws InterruptedException {
    return new ViewImageTool(FakeTurn.CLOCK)
        .run(
            new ToolCall("c1", "", "view_image", "{\"path\":\"" + path + "\"}", false),
            turn.scope(FakeTurn.local(backend), folder));
  }

  @Test
  void aPictureIsShownToBothWhateverItIsCalled() throws Exception {
    Path picture = Files.write(folder.resolve("notes.txt"), GIF);
    assertThat(view("sub/../notes.txt"))
        .isEqualTo(
            new ToolResult.Answered(
                new ToolOutput.Picture(
                    "data:image/gif;base64," + Base64.getEncoder().encodeToString(GIF))));
    Item item = new Item.ImageView(new ItemId("c1"), picture);
    long now = FakeTurn.CLOCK.millis();
    assertThat(turn.events())
        .containsExactly(
            new ThreadEvent.ItemStarted(FakeTurn.THREAD, FakeTurn.TURN, item, now),
            new ThreadEvent.ItemCompleted(FakeTurn.THREAD, FakeTurn.TURN, item, now));
  }

  @Test
  void aFileBeyondTheLimitIsNotRead() throws Exception {
    Path large = folder.resolve("large.gif");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.write(GIF);
      file.setLength(Picture.LIMIT + 1);
    }
    assertThat(view("large.gif"))
        .isEqualTo(
            new ToolResult.Failed("view_image failed: larger than 16777216 bytes: " + large));
    assertThat(turn.events()).isEmpty();
  }

  @Test
  void withoutAPlaceThereAreNoFiles() throws Exception {
    ToolResult result =
        new ViewImageTool(FakeTurn.CLOCK)
            .run(
                new ToolCall("c1", "", "view_image", "{\"path\":\"a\"}", false),
                turn.scope(null, folder));
    assertThat(result)
        .isEqualTo(
            new ToolResult.Failed(
                "view_image failed: there is no environment that files could be read in"));
  }

  @Test
  void aPathThatIsNoneIsSaid() throws Exception {
    assertThat(view("a\\u0000b"))
        .isEqualTo(new ToolResult.Failed("view_image failed: not a path: a\u0000b"));
  }
}
