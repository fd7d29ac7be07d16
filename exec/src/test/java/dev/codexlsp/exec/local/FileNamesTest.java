package dev.codexlsp.exec.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.FileSystem;
import dev.codexlsp.exec.FileSystem.WalkOptions;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Names are bytes: some stand for no text at all, others for none in the locale of the server.
class FileNamesTest {
  private static final WalkOptions ALL = new WalkOptions(10, 100, 100, true, false);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"latin%ff", "gr%c3%bcn", "plain"})
  void treesAreWalkedCopiedAndRemovedWhateverTheirNames(String name) throws Exception {
    plant(name);

    assertThat(walkCopyAndRemove(folder)).isEqualTo("3 [] 3 []");

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void treesAreWalkedCopiedAndRemovedWhateverTheLocale() throws Exception {
    plant("latin%ff");
    plant("gr%c3%bcn");

    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                InAnotherLocale.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"));
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();

    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
        .isEqualTo("ANSI_X3.4-1968 6 [] 6 []\n");
    assertThat(folder).isEmptyDirectory();
  }

  static final class InAnotherLocale {
    private InAnotherLocale() {}

    public static void main(String[] arguments) throws Exception {
      String locale = System.getProperty("sun.jnu.encoding");
      System.out.println(locale + " " + walkCopyAndRemove(Path.of(arguments[0])));
    }
  }

  /// Returns how many were found, and the errors, twice.
  private static String walkCopyAndRemove(Path folder) throws Exception {
    FileSystem files = new LocalFiles();
    Path tree = folder.resolve("tree");
    Path copy = folder.resolve("copy");
    FileSystem.WalkResult walk = files.walk(tree, ALL);
    files.copy(tree, copy, true);
    files.remove(tree, true, false);
    FileSystem.WalkResult walkOfCopy = files.walk(copy, ALL);
    files.remove(copy, true, false);
    return walk.entries().size()
        + " "
        + walk.errors()
        + " "
        + walkOfCopy.entries().size()
        + " "
        + walkOfCopy.errors();
  }

  @Test
  void whoeverIsConfinedIsToldThatANameIsNoText() throws Exception {
    Path odd = plant("latin%ff");

    assertThatThrownBy(() -> LocalFiles.within(new FileRoots(List.of(folder), List.of())).list(odd))
        .isInstanceOfSatisfying(
            FileException.class,
            failure -> assertThat(failure.kind()).isEqualTo(FileException.Kind.MISUSED))
        .hasMessageStartingWith("a name that is no text is not found here: ");
  }

  /// A folder of this name with a file of the same name, and an empty folder.
  private Path plant(String name) throws Exception {
    Path tree = Files.createDirectories(folder.resolve("tree"));
    Path odd = Path.of(URI.create(tree.toUri() + name));
    Files.createDirectory(odd);
    Files.createFile(odd.resolve(odd.getFileName()));
    Files.createDirectory(odd.resolve("sub"));
    return odd;
  }
}
