package dev.codexlsp.exec.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ProcessSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramLookupTest {
  @TempDir Path folder;

  @BeforeEach
  void tree() throws Exception {
    Files.createDirectories(folder.resolve("bin/folder"));
    Files.createDirectories(folder.resolve("second"));
    Files.writeString(folder.resolve("bin/data"), "not a program");
    executable("bin/tool");
    executable("second/tool");
    executable("second/data");
    executable("here");
  }

  @ParameterizedTest
  @CsvSource({
    "tool, bin:second, bin/tool",
    "tool, second:bin, second/tool",
    "tool, missing:second, second/tool",
    "data, bin:second, second/data",
    "here, '', here",
    "here, bin:, here",
    "./here, bin, ./here",
    "bin/tool, second, bin/tool",
  })
  void finds(String name, String path, String expected) throws Exception {
    ProcessSpec spec = new ProcessSpec(List.of(name), folder, Map.of("PATH", path));

    assertThat(ProgramLookup.find(spec)).isEqualTo(folder.resolve(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "nothing, bin:second, program not found: nothing",
    "./nothing, bin, program not found: ./nothing",
    "/no/such/program, bin, program not found: /no/such/program",
    "'', bin, 'program not found: '",
    "data, bin, permission denied: data",
    "bin/data, bin, permission denied: bin/data",
    "folder, bin, permission denied: folder",
    "here, bin, program not found: here",
  })
  void refuses(String name, String path, String expected) {
    ProcessSpec spec = new ProcessSpec(List.of(name), folder, Map.of("PATH", path));

    assertThatThrownBy(() -> ProgramLookup.find(spec))
        .isInstanceOf(ExecException.class)
        .hasMessage(expected);
  }

  @Test
  void withoutAPathTheUsualFoldersAreSearched() throws Exception {
    ProcessSpec spec = new ProcessSpec(List.of("sh"), folder, Map.of());

    assertThat(ProgramLookup.find(spec)).isEqualTo(Path.of("/bin/sh"));
  }

  @Test
  void theDirectoryIsTheFirstThingToBeWrong() {
    assertRefused(folder.resolve("missing"), "no such directory: " + folder.resolve("missing"));
    assertRefused(folder.resolve("here"), "not a directory: " + folder.resolve("here"));
    assertRefused(
        folder.resolve("here/below"), "no such directory: " + folder.resolve("here/below"));
  }

  @Test
  void textThatCCannotCarryIsRefused() {
    assertRefused(List.of("tool", "a\0b"), Map.of(), "an argument contains a NUL character: a\\0b");
    assertRefused(List.of("to\0ol"), Map.of(), "an argument contains a NUL character: to\\0ol");
    assertRefused(List.of("sh"), Map.of("", "x"), "not a valid environment variable: ");
    assertRefused(List.of("sh"), Map.of("A=B", "x"), "not a valid environment variable: A=B");
    assertRefused(List.of("sh"), Map.of("A", "x\0y"), "not a valid environment variable: A");
  }

  private void assertRefused(List<String> argv, Map<String, String> environment, String message) {
    ProcessSpec spec = new ProcessSpec(argv, folder, environment);
    assertThatThrownBy(() -> ProgramLookup.find(spec)).hasMessage(message);
  }

  private static void assertRefused(Path directory, String message) {
    ProcessSpec spec = new ProcessSpec(List.of("/no/such/program"), directory, Map.of());
    assertThatThrownBy(() -> ProgramLookup.find(spec)).hasMessage(message);
  }

  private void executable(String name) throws Exception {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
