package dev.codexlsp.exec.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileUriTest {

  @ParameterizedTest
  @CsvSource({
    "file:///a/b, /a/b",
    "FILE:///a/b, /a/b",
    "file:/a/b, /a/b",
    "file://localhost/a/b, /a/b",
    "file:///a/b/, /a/b",
    "file:///, /",
    "file:///a/../b/./c, /b/c",
    "file:///a/%2e%2e/b, /b",
    "file:///a%20b, /a b",
    "file:///a b, /a b",
    "file:///50%, /50%",
    "file:///%C3%A9, /é",
    "file:///é, /é",
    "file:///a%3Fb%23c, /a?b#c",
  })
  void namesAPath(String uri, String path) {
    assertThat(FileUri.parse(uri)).isEqualTo(Path.of(path));
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b, invalid URI: relative URL without a base",
    "a, invalid URI: relative URL without a base",
    "'', invalid URI: relative URL without a base",
    "http://x/y, unsupported path URI scheme `http`",
    "file://other/a, not a path on this system: file://other/a",
    "file:a, not a path on this system: file:a",
    "file://, not a path on this system: file://",
    "file:///a%00b, not a path on this system: file:///a%00b",
    "file:///a?x, a path URI has no query and no fragment",
    "file:///a#x, a path URI has no query and no fragment",
  })
  void namesNoPath(String uri, String problem) {
    assertThatThrownBy(() -> FileUri.parse(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(problem);
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b, file:///a/b",
    "/, file:///",
    "/a b?#%, file:///a%20b%3F%23%25",
    "/é, file:///%C3%A9",
  })
  void isFormatted(String path, String uri) {
    assertThat(FileUri.format(Path.of(path))).isEqualTo(uri);
    assertThat(FileUri.parse(uri)).isEqualTo(Path.of(path));
  }

  @Test
  void onlyAbsolutePathsTravel() {
    assertThatThrownBy(() -> FileUri.format(Path.of("a"))).hasMessage("not an absolute path: a");
  }

  @Test
  void aNameThatIsNotUtf8Survives(@TempDir Path folder) throws Exception {
    String uri = FileUri.format(folder) + "/%FFx";
    Path path = FileUri.parse(uri);
    Files.createDirectory(path);
    assertThat(FileUri.format(path)).isEqualTo(uri);
    try (Stream<Path> names = Files.list(folder)) {
      assertThat(names).containsExactly(path);
    }
  }
}
