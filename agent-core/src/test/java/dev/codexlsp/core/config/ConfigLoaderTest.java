package dev.codexlsp.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
  private static final FileTime THEN = FileTime.fromMillis(1_700_000_000_000L);

  @TempDir Path home;
  Path file;
  ConfigLoader loader;

  @BeforeEach
  void open() {
    file = home.resolve("config.toml");
    loader = new ConfigLoader(home, Path.of("/home/me"));
  }

  @Test
  void noFileAndNoFolderAreTheDefaults() throws Exception {
    assertThat(loader.load()).isEqualTo(Config.defaults(file));
    Path lost = home.resolve("missing");
    assertThat(new ConfigLoader(lost, lost).load())
        .isEqualTo(Config.defaults(lost.resolve("config.toml")));
  }

  @Test
  void anUnchangedFileIsNotParsedAgain() throws Exception {
    Files.writeString(file, "model = 'one'");
    Config first = loader.load();
    assertThat(first.model()).isEqualTo("one");
    assertThat(loader.load()).isSameAs(first);
  }

  @Test
  void everyKindOfChangeIsSeen() throws Exception {
    write("model = 'one'", THEN);
    assertThat(loader.load().model()).isEqualTo("one");

    write("model = 'longer'", THEN);
    assertThat(loader.load().model()).as("size").isEqualTo("longer");

    write("model = 'LONGER'", FileTime.fromMillis(THEN.toMillis() + 1));
    assertThat(loader.load().model()).as("time").isEqualTo("LONGER");

    Path other = home.resolve("other");
    Files.writeString(other, "model = 'rename'");
    Files.setLastModifiedTime(other, FileTime.fromMillis(THEN.toMillis() + 1));
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(loader.load().model()).as("inode").isEqualTo("rename");

    Files.delete(file);
    assertThat(loader.load()).as("gone").isEqualTo(Config.defaults(file));
  }

  @Test
  void aBrokenFileIsToldEachTimeAndCanBeMended() throws Exception {
    write("model = 1", THEN);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(loader::load)
          .isInstanceOf(ConfigException.class)
          .hasMessage(file + ":1: model must be a string");
    }
    write("model = ''", THEN);
    assertThatThrownBy(loader::load).hasMessage(file + ":1: model must not be empty");
    write("model = 'a'", THEN);
    assertThat(loader.load().model()).isEqualTo("a");
  }

  @Test
  void aByteOrderMarkIsSkipped() throws Exception {
    Files.writeString(file, "\uFEFFmodel = 'a'");
    assertThat(loader.load().model()).isEqualTo("a");
  }

  @Test
  void whatCannotBeRead() throws Exception {
    Files.write(file, "model = 'é'".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(loader::load).hasMessage(file + ": is not UTF-8");

    Files.writeString(file, "#" + "x".repeat(1 << 20));
    assertThatThrownBy(loader::load).hasMessage(file + ": is larger than 1048576 bytes");

    Files.delete(file);
    Files.createDirectory(file);
    assertThatThrownBy(loader::load).hasMessage(file + ": is not a file");
  }

  /// The parser costs start-up time, so nobody pays for it who has no file.
  @Test
  void theParserIsLoadedByTheFirstFileOnly() throws Exception {
    assertThat(parserClassesLoaded()).isEmpty();
    Files.writeString(file, "model = 'a'");
    assertThat(parserClassesLoaded()).isNotEmpty();
  }

  private List<String> parserClassesLoaded() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load",
                "-cp",
                System.getProperty("java.class.path"),
                LoadOnce.class.getName(),
                home.toString())
            .redirectErrorStream(true)
            .start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(() -> String.join("\n", lines)).isZero();
    assertThat(lines).anyMatch(line -> line.contains(ConfigLoader.class.getName()));
    return lines.stream().filter(line -> line.contains("org.tomlj")).toList();
  }

  /// A program that loads the configuration of the home it is given.
  static final class LoadOnce {
    private LoadOnce() {}

    public static void main(String[] args) throws Exception {
      Path home = Path.of(args[0]);
      new ConfigLoader(home, home).load();
    }
  }

  private void write(String text, FileTime time) throws Exception {
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, time);
  }
}
