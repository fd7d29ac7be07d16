package dev.codexlsp.exec.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.FileSystem;
import dev.codexlsp.exec.FileSystem.WalkOptions;
import dev.codexlsp.exec.FileSystem.WalkResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Walks, removals and copies of what lies below a directory. What is expected of walks was seen at
/// the original.
class FileTreesTest {
  private final FileSystem files = new LocalFiles();
  @TempDir Path folder;

  @BeforeEach
  void fill() throws Exception {
    for (String directory : List.of("d/.hidden", "d/sub/deep", "empty")) {
      Files.createDirectories(at(directory));
    }
    for (String file : List.of("d/f", "d/.hidden/h", "d/sub/g", "d/sub/deep/k", "file")) {
      Files.writeString(at(file), file);
    }
    Files.createSymbolicLink(at("d/link"), Path.of("sub"));
    Files.createSymbolicLink(at("d/linked"), Path.of("f"));
    Files.createSymbolicLink(at("d/broken"), Path.of("nowhere"));
    Files.createSymbolicLink(at("d/sub/up"), Path.of(".."));
  }

  @ParameterizedTest
  @CsvSource({
    "10, 100, 100, false, false, '.hidden/ f sub/ .hidden/h sub/deep/ sub/g sub/deep/k', false",
    "10, 100, 100, true,  false, '.hidden/ f link/ sub/ .hidden/h link/deep/ link/g link/up/"
        + " link/deep/k', false",
    "10, 100, 100, false, true,  '.hidden/ f sub/ sub/deep/ sub/g sub/deep/k', false",
    "1,  100, 100, false, false, '.hidden/ f sub/ .hidden/h sub/deep/ sub/g', false",
    "0,  100, 100, false, false, '.hidden/ f sub/', false",
    "10, 1,   100, false, false, '.hidden/ f sub/', true",
    "10, 2,   100, false, false, '.hidden/ f sub/ .hidden/h', true",
    "10, 100, 3,   false, false, '.hidden/ f', true",
  })
  void walks(
      int depth,
      int directories,
      int entries,
      boolean follow,
      boolean prune,
      String expected,
      boolean truncated)
      throws Exception {
    WalkResult result =
        files.walk(at("d"), new WalkOptions(depth, directories, entries, follow, prune));

    assertThat(result.entries().stream().map(this::shown)).containsExactly(expected.split(" ", -1));
    assertThat(result.errors()).isEmpty();
    assertThat(result.truncated()).isEqualTo(truncated);
  }

  private String shown(FileSystem.WalkEntry entry) {
    String end = entry.kind() == FileSystem.Kind.DIRECTORY ? "/" : "";
    return at("d").relativize(entry.path()) + end;
  }

  @Test
  void nothingLiesBelowAFile() throws Exception {
    assertThat(files.walk(at("file"), everything())).isEqualTo(nothing());
    assertRefused(
        FileException.Kind.NOT_FOUND,
        "no such file or directory: FOLDER/none",
        () -> files.walk(at("none"), everything()));
    assertRefused(
        FileException.Kind.FAILED,
        "not a directory: FOLDER/file/x",
        () -> files.walk(at("file/x"), everything()));
  }

  @Test
  void aLinkIsFollowedWhereAWalkBegins() throws Exception {
    WalkOptions stayingHere = new WalkOptions(10, 100, 100, false, false);

    assertThat(files.walk(at("d/link"), stayingHere).entries())
        .extracting(entry -> "" + at("d/link").relativize(entry.path()))
        .containsExactly("deep", "g", "deep/k");
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 1", "1, 0, 1", "1, 1, -1"})
  void walksHaveLimits(int directories, int entries, int depth) {
    assertRefused(
        FileException.Kind.MISUSED,
        "filesystem walk limits must be greater than zero",
        () -> files.walk(at("d"), new WalkOptions(depth, directories, entries, false, false)));
  }

  @Test
  void directoryBeyondTheLimitIsRemovedButNotListed() throws Exception {
    Path large = largeDirectory();
    String refusal = "directory has more than 100000 entries: FOLDER/large";
    assertRefused(FileException.Kind.MISUSED, refusal, () -> files.list(large));
    assertThat(files.walk(large, everything()))
        .isEqualTo(
            new WalkResult(List.of(), List.of(refusal.replace("FOLDER", "" + folder)), false));

    files.remove(large, true, false);

    assertThat(large).doesNotExist();
  }

  /// Hard links are quicker to make than files; a file can have so many only.
  private Path largeDirectory() throws Exception {
    Path large = Files.createDirectory(at("large"));
    Path file = large;
    for (int i = 0; i <= FileEntries.LIST_LIMIT; i++) {
      Path name = large.resolve("" + i);
      if (i % 30_000 == 0) {
        file = Files.createFile(name);
      } else {
        Files.createLink(name, file);
      }
    }
    return large;
  }

  @Test
  void removalDoesNotFollowLinks() throws Exception {
    files.remove(at("d/sub/up"), true, false);
    files.remove(at("d/link"), true, false);
    files.remove(at("d/broken"), false, false);

    assertThat(at("d/sub/deep/k")).exists();
    assertThat(names(at("d"))).containsExactly(".hidden", "f", "linked", "sub");
  }

  @Test
  void removalTakesAllThatADirectoryHolds() throws Exception {
    files.remove(at("d"), true, false);
    files.remove(at("empty"), false, false);
    files.remove(at("none"), true, true);
    files.remove(at("none"), false, true);

    assertThat(names(folder)).containsExactly("file");
  }

  @ParameterizedTest
  @CsvSource({
    "d,      false, true,  FAILED,    directory not empty: FOLDER/d",
    "none,   true,  false, NOT_FOUND, no such file or directory: FOLDER/none",
    "none,   false, false, NOT_FOUND, no such file or directory: FOLDER/none",
    "file/x, false, true,  FAILED,    not a directory: FOLDER/file/x",
  })
  void whatCannotBeRemoved(
      String name, boolean recursive, boolean force, FileException.Kind kind, String message) {
    assertRefused(kind, message, () -> files.remove(at(name), recursive, force));
  }

  @Test
  void copyOfADirectoryHasItsFilesAndItsLinks() throws Exception {
    Files.setPosixFilePermissions(at("d/f"), PosixFilePermissions.fromString("rwxr-x---"));
    assertThat(new ProcessBuilder("mkfifo", "" + at("d/fifo")).start().waitFor()).isZero();

    files.copy(at("d"), at("copy"), true);

    assertThat(names(at("copy")))
        .containsExactly(".hidden", "broken", "f", "link", "linked", "sub");
    assertThat(Files.readString(at("copy/sub/deep/k"))).isEqualTo("d/sub/deep/k");
    assertThat(Files.readSymbolicLink(at("copy/broken"))).isEqualTo(Path.of("nowhere"));
    assertThat(Files.readSymbolicLink(at("copy/sub/up"))).isEqualTo(Path.of(".."));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(at("copy/f"))))
        .isEqualTo("rwxr-x---");
  }

  @Test
  void copyReplacesAFile() throws Exception {
    files.copy(at("d/sub/deep/k"), at("file"), false);
    files.copy(at("d/linked"), at("another"), false);

    assertThat(Files.readString(at("file"))).isEqualTo("d/sub/deep/k");
    assertThat(Files.readSymbolicLink(at("another"))).isEqualTo(Path.of("f"));
  }

  @Test
  void aDirectoryIsCopiedIntoOneThatIsThereAndBelowParentsThatAreNot() throws Exception {
    Files.writeString(at("empty/stays"), "x");

    files.copy(at("d/sub"), at("empty"), true);
    files.copy(at("d/sub"), at("new/parent/sub"), true);

    assertThat(Files.readString(at("empty/stays"))).isEqualTo("x");
    for (String copy : List.of("empty", "new/parent/sub")) {
      assertThat(Files.readString(at(copy + "/deep/k"))).isEqualTo("d/sub/deep/k");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "none,   x,      true,  NOT_FOUND, no such file or directory: FOLDER/none",
    "file,   none/x, false, NOT_FOUND, no such file or directory: FOLDER/none/x",
    "file,   empty,  false, FAILED,    is a directory: FOLDER/empty",
    "file,   file,   false, MISUSED,   a file cannot be copied to itself: FOLDER/file to"
        + " FOLDER/file",
    "d,      x,      false, MISUSED,   a directory is only copied recursively: FOLDER/d",
    "d,      file,   true,  FAILED,    file exists: FOLDER/file",
    "d,      d/x,    true,  MISUSED,   a directory cannot be copied into itself: FOLDER/d to"
        + " FOLDER/d/x",
    "d,      d/link/x, true, MISUSED,  a directory cannot be copied into itself: FOLDER/d to"
        + " FOLDER/d/link/x",
    "d,      d,      true,  MISUSED,   a directory cannot be copied into itself: FOLDER/d to"
        + " FOLDER/d",
  })
  void whatCannotBeCopied(
      String source, String destination, boolean recursive, FileException.Kind kind, String message)
      throws Exception {
    assertRefused(kind, message, () -> files.copy(at(source), at(destination), recursive));
    assertThat(Files.readString(at("file"))).isEqualTo("file");
  }

  private static WalkOptions everything() {
    return new WalkOptions(10, 100, 1000, false, false);
  }

  private static WalkResult nothing() {
    return new WalkResult(List.of(), List.of(), false);
  }

  private static List<String> names(Path directory) throws Exception {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  private Path at(String name) {
    return folder.resolve(name);
  }

  private void assertRefused(FileException.Kind kind, String message, ThrowingCallable operation) {
    assertThatThrownBy(operation)
        .isInstanceOf(FileException.class)
        .hasMessage(message.replace("FOLDER", folder.toString()))
        .extracting("kind")
        .isEqualTo(kind);
  }
}
