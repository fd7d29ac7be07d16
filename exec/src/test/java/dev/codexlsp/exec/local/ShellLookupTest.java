package dev.codexlsp.exec.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.Surroundings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellLookupTest {
  private static final Duration GRACE = Duration.ofSeconds(1);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "/bin/bash,   ann,  /bin/bash",
    "'',          ann,  /bin/dash",
    "bash,        ann,  /bin/dash",
    "/no/such,    ann,  /bin/dash",
    "/tmp,        ann,  /bin/dash",
    "/etc/passwd, ann,  /bin/dash",
    "'',          bob,  /bin/sh",
    "'',          eve,  /bin/sh",
    "'',          odd,  /bin/sh",
    "'',          none, /bin/sh",
  })
  void shellIsTheUsersOwn(String variable, String user, Path expected) throws Exception {
    Path users =
        Files.writeString(
            folder.resolve("passwd"),
            """
            anne:x:1::/home/anne:/bin/bash
            ann:x:2:2:Ann:/home/ann:/bin/dash
            bob:x:3:3:Bob:/home/bob:
            eve:x:4:4:Eve:/home/eve:/no/such/shell
            odd:x:5
            """);

    assertThat(ShellLookup.find(Map.of("SHELL", variable), users, user)).isEqualTo(expected);
  }

  @Test
  void everySystemHasAShell() {
    assertThat(ShellLookup.find(Map.of(), folder.resolve("missing"), "ann"))
        .isEqualTo(Path.of("/bin/sh"));
  }

  @Test
  void surroundingsAreThoseOfTheServer() {
    Map<String, String> environment = Map.of("SHELL", "/bin/bash", "HOME", "/home/ann");
    try (LocalBackend backend = new LocalBackend(GRACE, environment)) {
      assertThat(backend.surroundings())
          .isEqualTo(
              new Surroundings(
                  Path.of("/bin/bash"),
                  Path.of(System.getProperty("user.dir")),
                  Path.of("/home/ann"),
                  "linux"));
    }
    try (LocalBackend backend = new LocalBackend(GRACE, Map.of())) {
      assertThat(backend.surroundings().home()).isEqualTo(Path.of(System.getProperty("user.home")));
    }
  }
}
