package dev.codexlsp.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Beside a program that writes the same file and knows nothing of the lock. It writes while our
/// change is made.
class UserFileTest {
  @TempDir Path folder;
  Path file;
  private final List<String> seen = new ArrayList<>();

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("config.toml"), "a");
  }

  @Test
  void whatAnotherProgramWritesMeanwhileIsKept() throws Exception {
    String after =
        new UserFile(file)
            .change(before -> {
              seen.add(before);
              if (seen.size() == 1) {
                otherWrites("b");
              }
              return before + "+";
            });

    assertThat(seen).containsExactly("a", "b");
    assertThat(after).isEqualTo("b+");
    assertThat(file).hasContent("b+");
  }

  @Test
  void aFileThatNeverComesToRestIsLeftToTheOther() {
    assertThatThrownBy(() ->
            new UserFile(file)
                .change(before -> {
                  seen.add(before);
                  otherWrites("b" + seen.size());
                  return before + "+";
                }))
        .isInstanceOf(IOException.class)
        .hasMessage("another program keeps changing it");

    assertThat(seen).containsExactly("a", "b1", "b2", "b3", "b4");
    assertThat(file).hasContent("b5");
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void aFileThatIsTooLargeIsNotRead() throws Exception {
    String large = "#".repeat((1 << 20) + 1);
    Files.writeString(file, large);

    assertThatThrownBy(() -> new UserFile(file).change(before -> before + "+"))
        .isInstanceOf(IOException.class)
        .hasMessage("it is larger than 1048576 bytes");
    assertThat(file).hasContent(large);
  }

  private void otherWrites(String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
