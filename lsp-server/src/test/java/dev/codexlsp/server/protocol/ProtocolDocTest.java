package dev.codexlsp.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProtocolDocTest {
  /// Tests run in the folder of their module.
  private static final Path PAGE = Path.of("..", "docs", "protocol.md");

  private static final Pattern HEADING = Pattern.compile("(?m)^### `([^`]+)`$");

  @Test
  void thePageHasOneHeadingForEachMethod() throws IOException {
    List<String> headings =
        HEADING.matcher(Files.readString(PAGE)).results().map(found -> found.group(1)).toList();

    assertThat(headings)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(
                    Methods.CLIENT_REQUESTS, Methods.SERVER_REQUESTS, Methods.SERVER_NOTIFICATIONS)
                .flatMap(Collection::stream)
                .map(row -> Methods.LSP_PREFIX + row.name())
                .toList());
  }
}
