package dev.codexlsp.exec.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.FileSystem;
import dev.codexlsp.exec.FileSystem.DirectoryEntry;
import dev.codexlsp.exec.FileSystem.FileMetadata;
import dev.codexlsp.exec.FileSystem.OpenFile;
import dev.codexlsp.exec.FileSystem.OpenMode;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Single files and names; walks and trees have tests of their own.
class LocalFilesTest {
  private final FileSystem files = new LocalFiles();
  @TempDir Path folder;

  @BeforeEach
  void fill() throws Exception {
    Files.createDirectory(folder.resolve("d"));
    Files.writeString(folder.resolve("d/f"), "text");
    Files.createSymbolicLink(folder.resolve("toFile"), Path.of("d/f"));
    Files.createSymbolicLink(folder.resolve("toDirectory"), Path.of("d"));
    Files.createSymbolicLink(folder.resolve("toNothing"), Path.of("nothing"));
    assertThat(new ProcessBuilder("mkfifo", "" + folder.resolve("fifo")).start().waitFor())
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8191, 8192, 8193, 131_072, 300_001})
  void whatIsWrittenIsRead(int size) throws Exception {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 31);
    }
    files.write(at("new"), ByteBuffer.wrap(bytes));

    assertThat(files.read(at("new"))).isEqualTo(ByteBuffer.wrap(bytes));
    assertThat(Files.readAllBytes(at("new"))).isEqualTo(bytes);
  }

  @Test
  void writingReplacesAllThatWasThere() throws Exception {
    files.write(at("d/f"), utf8("x"));

    assertThat(Files.readString(at("d/f"))).isEqualTo("x");
  }

  @Test
  void linksAreWrittenThrough() throws Exception {
    files.write(at("toFile"), utf8("x"));
    files.write(at("toNothing"), utf8("y"));

    assertThat(Files.readString(at("d/f"))).isEqualTo("x");
    assertThat(Files.readString(at("nothing"))).isEqualTo("y");
  }

  @Test
  void filesThatTheKernelMakesUpAreReadToTheirEnd() throws Exception {
    String status = UTF_8.decode(files.read(Path.of("/proc/self/status"))).toString();

    assertThat(status).startsWith("Name:").contains("ctxt_switches:").endsWith("\n");
  }

  @ParameterizedTest
  @CsvSource({
    "none,      NOT_FOUND, no such file or directory: FOLDER/none",
    "none/x,    NOT_FOUND, no such file or directory: FOLDER/none/x",
    "toNothing, NOT_FOUND, no such file or directory: FOLDER/toNothing",
    "d/f/x,     FAILED,    not a directory: FOLDER/d/f/x",
    "d,         MISUSED,   path `FOLDER/d` is not a file",
    "fifo,      MISUSED,   path `FOLDER/fifo` is not a file",
  })
  void whatCannotBeRead(String name, FileException.Kind kind, String message) {
    assertRefused(kind, message, () -> files.read(at(name)));
    assertRefused(kind, message, () -> files.open(at(name), OpenMode.READ));
  }

  @ParameterizedTest
  @CsvSource({
    "none/x,    NOT_FOUND, no such file or directory: FOLDER/none/x",
    "d/f/x,     FAILED,    not a directory: FOLDER/d/f/x",
    "d,         FAILED,    is a directory: FOLDER/d",
    "fifo,      MISUSED,   path `FOLDER/fifo` is not a file",
  })
  void whatCannotBeWritten(String name, FileException.Kind kind, String message) {
    assertRefused(kind, message, () -> files.write(at(name), utf8("")));
    assertRefused(kind, message, () -> files.open(at(name), OpenMode.REPLACE));
  }

  @Test
  void pathMustBeAbsolute() {
    assertRefused(
        FileException.Kind.MISUSED, "path is not absolute: x/y", () -> files.read(Path.of("x/y")));
  }

  @Test
  void wholeFilesHaveALimit() throws Exception {
    long tooMuch = FileSystem.WHOLE_FILE_LIMIT + 1;
    try (RandomAccessFile sparse = new RandomAccessFile(at("large").toFile(), "rw")) {
      sparse.setLength(tooMuch);
      ByteBuffer bytes = sparse.getChannel().map(MapMode.READ_ONLY, 0, tooMuch);

      assertRefused(
          FileException.Kind.MISUSED,
          "file is larger than 536870912 bytes: FOLDER/large",
          () -> files.read(at("large")));
      assertRefused(
          FileException.Kind.MISUSED,
          "file is larger than 536870912 bytes: FOLDER/d/f",
          () -> files.write(at("d/f"), bytes));
    }
    assertThat(Files.readString(at("d/f"))).isEqualTo("text");
  }

  @Test
  void interruptEndsAnOperation() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> files.read(at("d/f"))).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void metadataIsOfWhatALinkLeadsTo() throws Exception {
    Files.setLastModifiedTime(at("d/f"), FileTime.fromMillis(1_234_567_890_123L));
    long created =
        (Files.getAttribute(at("d/f"), "creationTime") instanceof FileTime time)
            ? time.toMillis()
            : 0;

    assertThat(files.metadata(at("d/f")))
        .isEqualTo(new FileMetadata(false, true, false, 4, created, 1_234_567_890_123L));
    assertThat(files.metadata(at("toFile")))
        .isEqualTo(new FileMetadata(false, true, true, 4, created, 1_234_567_890_123L));
  }

  @ParameterizedTest
  @CsvSource({
    "d,           true,  false, false",
    "toDirectory, true,  false, true",
    "fifo,        false, false, false",
  })
  void metadataTellsKinds(String name, boolean directory, boolean file, boolean link)
      throws Exception {
    FileMetadata metadata = files.metadata(at(name));

    assertThat(List.of(metadata.isDirectory(), metadata.isFile(), metadata.isSymlink()))
        .containsExactly(directory, file, link);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "toNothing"})
  void metadataOfNothing(String name) {
    String message = "no such file or directory: FOLDER/" + name;
    assertRefused(FileException.Kind.NOT_FOUND, message, () -> files.metadata(at(name)));
    assertRefused(FileException.Kind.NOT_FOUND, message, () -> files.canonicalize(at(name)));
  }

  @Test
  void canonicalPathHasNoLinks() throws Exception {
    assertThat(files.canonicalize(at("toDirectory/../toDirectory/./f")))
        .isEqualTo(folder.toRealPath().resolve("d/f"));
  }

  @Test
  void directoriesAreCreated() throws Exception {
    files.createDirectory(at("one"), false);
    files.createDirectory(at("a/b/c"), true);
    files.createDirectory(at("a/b"), true);
    files.createDirectory(at("toDirectory/x"), true);

    assertThat(at("one")).isEmptyDirectory();
    assertThat(at("a/b/c")).isEmptyDirectory();
    assertThat(at("d/x")).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({
    "d,       false, FAILED,    file exists: FOLDER/d",
    "a/b,     false, NOT_FOUND, no such file or directory: FOLDER/a/b",
    "d/f,     true,  FAILED,    file exists: FOLDER/d/f",
    "d/f/x,   true,  FAILED,    not a directory: FOLDER/d/f/x",
    "d/f/x/y, true,  FAILED,    not a directory: FOLDER/d/f/x/y",
    "/proc/no/d, true, NOT_FOUND, no such file or directory: /proc/no/d",
  })
  void directoriesThatCannotBeCreated(
      String name, boolean parents, FileException.Kind kind, String message) {
    assertRefused(kind, message, () -> files.createDirectory(at(name), parents));
  }

  @Test
  void listTellsWhatLinksLeadToAndLeavesOutTheBroken() throws Exception {
    assertThat(files.list(folder))
        .containsExactly(
            new DirectoryEntry("d", true, false),
            new DirectoryEntry("fifo", false, false),
            new DirectoryEntry("toDirectory", true, false),
            new DirectoryEntry("toFile", false, true));
  }

  @ParameterizedTest
  @CsvSource({
    "none, NOT_FOUND, no such file or directory: FOLDER/none",
    "d/f,  FAILED,    not a directory: FOLDER/d/f",
    "fifo, FAILED,    not a directory: FOLDER/fifo",
  })
  void whatCannotBeListed(String name, FileException.Kind kind, String message) {
    assertRefused(kind, message, () -> files.list(at(name)));
  }

  @Test
  void blocksAreReadWhereverTheyAre() throws Exception {
    try (OpenFile file = files.open(at("d/f"), OpenMode.READ)) {
      assertThat(file.read(1, 2)).isEqualTo(utf8("ex"));
      assertThat(file.read(2, OpenFile.BLOCK_LIMIT)).isEqualTo(utf8("xt"));
      assertThat(file.read(100, 5)).isEqualTo(utf8(""));
      assertThat(file.read(0, 4)).isEqualTo(utf8("text"));
    }
  }

  @Test
  void blocksAreWrittenWhereverTheyAre() throws Exception {
    try (OpenFile file = files.open(at("d/f"), OpenMode.REPLACE)) {
      file.write(3, utf8("d"));
      file.write(0, utf8("abc"));
    }

    assertThat(Files.readString(at("d/f"))).isEqualTo("abcd");
  }

  @Test
  void blocksThatAreRefused() throws Exception {
    try (OpenFile read = files.open(at("d/f"), OpenMode.READ);
        OpenFile written = files.open(at("new"), OpenMode.REPLACE)) {
      String rule = " block length must be between 1 and 1048576";
      ByteBuffer tooMuch = ByteBuffer.allocate(OpenFile.BLOCK_LIMIT + 1);
      assertRefused(FileException.Kind.MISUSED, "file read" + rule, () -> read.read(0, 0));
      assertRefused(
          FileException.Kind.MISUSED, "file read" + rule, () -> read.read(0, tooMuch.limit()));
      assertRefused(
          FileException.Kind.MISUSED, "file write" + rule, () -> written.write(0, tooMuch));
      assertRefused(
          FileException.Kind.MISUSED, "file offset is out of range: -1", () -> read.read(-1, 1));
      assertRefused(
          FileException.Kind.FAILED,
          "file is not open for reading: FOLDER/new",
          () -> written.read(0, 1));
      assertRefused(
          FileException.Kind.FAILED,
          "file is not open for writing: FOLDER/d/f",
          () -> read.write(0, utf8("x")));
    }
  }

  @Test
  void closedFileIsOutOfUse() throws Exception {
    OpenFile file = files.open(at("d/f"), OpenMode.READ);
    file.close();

    assertRefused(FileException.Kind.FAILED, "file is closed: FOLDER/d/f", () -> file.read(0, 1));
  }

  @Test
  void permissionsAreTold() throws Exception {
    // Root may do everything to its own files, but not write what the kernel has made up.
    Path fixed = Path.of("/proc/version");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fixed)))
        .isEqualTo("r--r--r--");

    assertThatThrownBy(() -> files.write(fixed, utf8("x")))
        .isInstanceOf(FileException.class)
        .extracting("kind")
        .isEqualTo(FileException.Kind.FAILED);
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

  private static ByteBuffer utf8(String text) {
    return UTF_8.encode(text);
  }
}
