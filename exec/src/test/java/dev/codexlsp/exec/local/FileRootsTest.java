package dev.codexlsp.exec.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileRootsTest {
  private final FileRoots roots =
      new FileRoots(
          List.of(Path.of("/lib"), Path.of("/home/u/project/.git"), Path.of("/both")),
          List.of(Path.of("/home/u/project"), Path.of("/lib/cache"), Path.of("/both")));

  @ParameterizedTest
  @CsvSource({
    "/home/u/project,            true, true",
    "/home/u/project/a/b,        true, true",
    "/home/u/project/.git,       true, false",
    "/home/u/project/.git/hooks, true, false",
    "/home/u/project/.gitignore, true, true",
    "/home/u/projects,           false, false",
    "/,                          false, false",
    "/lib/x,                     true, false",
    "/lib/cache/x,               true, true",
    "/both/x,                    true, false",
    "/etc/passwd,                false, false",
  })
  void theDeepestRootDecides(Path path, boolean read, boolean write) {
    assertThat(List.of(roots.mayRead(path), roots.mayWrite(path))).containsExactly(read, write);
  }

  @ParameterizedTest
  @ValueSource(strings = {"project", "/home/u/project/../etc", "/home/u/project/."})
  void rootsAreNormal(Path root) {
    assertThatThrownBy(() -> new FileRoots(List.of(root), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FileRoots(List.of(), List.of(root)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noRootsAllowNothing() {
    FileRoots none = new FileRoots(List.of(), List.of());

    assertThat(none.mayRead(Path.of("/"))).isFalse();
    assertThat(none.mayWrite(Path.of("/"))).isFalse();
  }
}
