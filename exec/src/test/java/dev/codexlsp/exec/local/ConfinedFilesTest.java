package dev.codexlsp.exec.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.FileException.Kind;
import dev.codexlsp.exec.FileSystem;
import dev.codexlsp.exec.FileSystem.DirectoryEntry;
import dev.codexlsp.exec.FileSystem.OpenFile;
import dev.codexlsp.exec.FileSystem.OpenMode;
import dev.codexlsp.exec.FileSystem.WalkOptions;
import dev.codexlsp.exec.FileSystem.WalkResult;
import dev.codexlsp.exec.Run;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What may be done with the files of a [ConfinedTree], and what not.
class ConfinedFilesTest {
  private static final WalkOptions EVERYTHING = new WalkOptions(10, 100, 1000, true, false);

  @TempDir Path folder;
  private FileSystem files = new LocalFiles();

  @BeforeEach
  void fill() throws Exception {
    ConfinedTree tree = ConfinedTree.in(folder);
    folder = tree.folder();
    files = tree.files();
  }

  @Test
  void everythingIsPossibleBelowTheRoots() throws Exception {
    files.write(at("work/new"), utf8("x"));
    files.createDirectory(at("work/a/b"), true);
    files.copy(at("lib/f"), at("work/a/b/f"), false);
    files.copy(at("work/d"), at("lib/cache/d"), true);
    try (OpenFile file = files.open(at("work/f"), OpenMode.REPLACE)) {
      file.write(0, utf8("replaced"));
    }
    files.remove(at("work/d"), true, false);

    assertThat(files.read(at("work/new"))).isEqualTo(utf8("x"));
    assertThat(files.read(at("work/a/b/f"))).isEqualTo(utf8("lib/f"));
    assertThat(Files.readString(at("lib/cache/d/f"))).isEqualTo("work/d/f");
    assertThat(Files.readString(at("work/f"))).isEqualTo("replaced");
    assertThat(at("work/d")).doesNotExist();
    assertThat(files.read(at("work/.git/config"))).isEqualTo(utf8("work/.git/config"));
    assertThat(files.metadata(at("work")).isDirectory()).isTrue();
    assertThat(files.canonicalize(at("work/a/../f"))).isEqualTo(at("work/f"));
    assertThat(files.list(at("lib")))
        .containsExactly(
            new DirectoryEntry("cache", true, false), new DirectoryEntry("f", false, true));
  }

  @ParameterizedTest
  @CsvSource({
    "outside/f, outside of what may be read: FOLDER/outside/f",
    "work/../outside/f, outside of what may be read: FOLDER/work/../outside/f",
    "work/toDirectory/f, a link is not followed here: FOLDER/work/toDirectory/f",
    "work/toFile, a link is not followed here: FOLDER/work/toFile",
    "work/toItself, a link is not followed here: FOLDER/work/toItself",
    "work/toNothing, a link is not followed here: FOLDER/work/toNothing",
    "work/toRoot/etc/passwd, a link is not followed here: FOLDER/work/toRoot/etc/passwd",
    "workshop, outside of what may be read: FOLDER/workshop",
    ", outside of what may be read: FOLDER",
  })
  void whatIsNotRead(String name, String message) {
    Path path = name == null ? folder : at(name);
    assertDenied(message, () -> files.read(path));
    assertDenied(message, () -> files.open(path, OpenMode.READ));
    assertDenied(message, () -> files.metadata(path));
    assertDenied(message, () -> files.canonicalize(path));
    assertDenied(message, () -> files.list(path));
  }

  @ParameterizedTest
  @CsvSource({
    "outside/new, outside of what may be written: FOLDER/outside/new",
    "work/../outside/new, outside of what may be written: FOLDER/work/../outside/new",
    "work/toDirectory/new, a link is not followed here: FOLDER/work/toDirectory/new",
    "lib/new, outside of what may be written: FOLDER/lib/new",
    "work/.git/new, outside of what may be written: FOLDER/work/.git/new",
    "lib/cache/../new, outside of what may be written: FOLDER/lib/cache/../new",
  })
  void whatIsNotWritten(String name, String message) throws Exception {
    List<String> before = all();

    assertDenied(message, () -> files.write(at(name), utf8("x")));
    assertDenied(message, () -> files.open(at(name), OpenMode.REPLACE));
    assertDenied(message, () -> files.createDirectory(at(name), false));
    assertThatThrownBy(() -> files.copy(at("work/f"), at(name), false))
        .isInstanceOf(FileException.class)
        .extracting("kind")
        .isEqualTo(Kind.DENIED);

    assertThat(all()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"toFile", "toNothing", "toItself"})
  void linksAreNotWrittenThrough(String name) throws Exception {
    List<String> before = all();
    String message = "a link is not followed here: FOLDER/work/" + name;

    assertDenied(message, () -> files.write(at("work/" + name), utf8("x")));
    assertDenied(message, () -> files.open(at("work/" + name), OpenMode.REPLACE));
    assertDenied(message, () -> files.copy(at("work/d/f"), at("work/" + name), false));

    assertThat(all()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "outside/f, outside of what may be read: FOLDER/outside/f",
    "lib/f, outside of what may be written: FOLDER/lib/f",
    "work/.git/config, outside of what may be written: FOLDER/work/.git/config",
    "work/toDirectory/f, a link is not followed here: FOLDER/work/toDirectory/f",
    "work/.git, outside of what may be written: FOLDER/work/.git/config",
    "lib/cache, not to be created or removed: FOLDER/lib/cache",
  })
  void whatIsNotRemoved(String name, String message) throws Exception {
    List<String> before = all();

    assertDenied(message, () -> files.remove(at(name), true, true));

    assertThat(all()).isEqualTo(before);
  }

  @Test
  void removingAllLeavesWhatIsProtectedAndWhatIsLinkedTo() throws Exception {
    assertThatThrownBy(() -> files.remove(at("work"), true, true))
        .isInstanceOf(FileException.class);

    assertThat(Files.readString(at("work/.git/config"))).isEqualTo("work/.git/config");
    assertThat(Files.readString(at("outside/f"))).isEqualTo("outside/f");
    assertThat(Files.readString(at("outside/d/f"))).isEqualTo("secret");
  }

  @Test
  void linksThemselvesAreCopiedAndRemoved() throws Exception {
    files.copy(at("work/toDirectory"), at("work/copied"), true);
    files.remove(at("work/toDirectory"), true, false);
    files.remove(at("work/toFile"), false, false);

    assertThat(Files.readSymbolicLink(at("work/copied"))).isEqualTo(Path.of("../outside/d"));
    assertThat(Files.exists(at("work/toDirectory"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(Files.exists(at("work/toFile"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(Files.readString(at("outside/d/f"))).isEqualTo("secret");
  }

  @Test
  void walksAndListsDoNotFollowLinks() throws Exception {
    WalkResult result = files.walk(at("work"), EVERYTHING);

    assertThat(result.entries().stream().map(entry -> "" + at("work").relativize(entry.path())))
        .containsExactly(".git", "d", "f", ".git/config", "d/f");
    assertThat(result.errors()).isEmpty();
    assertThat(files.list(at("work")))
        .containsExactly(
            new DirectoryEntry(".git", true, false),
            new DirectoryEntry("d", true, false),
            new DirectoryEntry("f", false, true));
    assertDenied(
        "a link is not followed here: FOLDER/work/toDirectory",
        () -> files.walk(at("work/toDirectory"), EVERYTHING));
  }

  @Test
  void whatIsMissingIsSaidToBeMissing() {
    String message = "no such file or directory: FOLDER/work/none";
    assertRefused(Kind.NOT_FOUND, message, () -> files.read(at("work/none")));
    assertRefused(Kind.NOT_FOUND, message, () -> files.remove(at("work/none"), true, false));
    assertRefused(
        Kind.FAILED, "not a directory: FOLDER/work/f/x", () -> files.read(at("work/f/x")));
    assertRefused(
        Kind.MISUSED, "path `FOLDER/work/d` is not a file", () -> files.read(at("work/d")));
  }

  @Test
  void rootOfAllFilesIsTold() throws Exception {
    Path root = Path.of("/");
    FileSystem all = LocalFiles.within(new FileRoots(List.of(root), List.of()));

    assertThat(all.metadata(root).isDirectory()).isTrue();
    WalkOptions flat = new WalkOptions(0, 1, 1000, false, false);
    assertThat(all.walk(root, flat)).isEqualTo(new LocalFiles().walk(root, flat));
  }

  @Test
  void nothingStaysOpen() throws Exception {
    files.read(at("work/f"));
    List<String> before = Run.links(ProcessHandle.current().pid());

    for (int i = 0; i < 100; i++) {
      files.read(at("work/f"));
      files.write(at("work/new"), utf8("x"));
      files.walk(at("work"), EVERYTHING);
      assertThatThrownBy(() -> files.read(at("work/toFile"))).isInstanceOf(FileException.class);
      assertThatThrownBy(() -> files.read(at("work/none"))).isInstanceOf(FileException.class);
      files.copy(at("work/d"), at("work/d2"), true);
      files.remove(at("work/d2"), true, false);
    }

    Run.await(
        "all is closed", () -> Run.links(ProcessHandle.current().pid()).size() <= before.size());
  }

  private List<String> all() throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.map(ConfinedFilesTest::described).sorted().toList();
    }
  }

  private static String described(Path path) {
    try {
      return path + (Files.isRegularFile(path) ? " " + Files.readString(path) : "");
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private Path at(String name) {
    return folder.resolve(name);
  }

  private void assertDenied(String message, ThrowingCallable operation) {
    assertRefused(Kind.DENIED, message, operation);
  }

  private void assertRefused(Kind kind, String message, ThrowingCallable operation) {
    assertThatThrownBy(operation)
        .isInstanceOf(FileException.class)
        .hasMessage(message.replace("FOLDER", folder.toString()))
        .extracting("kind")
        .isEqualTo(kind);
  }

  private static ByteBuffer utf8(String text) {
    return UTF_8.encode(text);
  }
}
