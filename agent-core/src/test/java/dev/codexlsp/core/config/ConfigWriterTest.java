package dev.codexlsp.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.core.config.ConfigWriteException.Code;
import dev.codexlsp.core.config.ConfigWriter.Edit;
import dev.codexlsp.core.toml.TomlValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigWriterTest {
  @TempDir Path folder;
  Path home;
  Path file;
  ConfigLoader loader;

  @BeforeEach
  void open() throws Exception {
    home = folder.toRealPath().resolve("home");
    file = home.resolve("config.toml");
    loader = loader(List.of());
  }

  private ConfigLoader loader(List<String> flags) {
    return new ConfigLoader(
        new ConfigPlaces(
            home,
            Path.of("/home/me"),
            home.resolve("none"),
            SessionFlags.parse(flags),
            null,
            Map::of));
  }

  private ConfigWriter.Written write(String key, @Nullable Object value) throws Exception {
    return new ConfigWriter(loader).write(List.of(new Edit(key, value, true)), null, null);
  }

  @Test
  void aFileIsMadeForItsOwnerAlone() throws Exception {
    ConfigWriter.Written written = write("model", "new");
    assertThat(written)
        .isEqualTo(
            new ConfigWriter.Written(
                file,
                "sha256:3214af56c91cb4f0d77be2036ba05607b205d64921890f411ef73e11db1b1ba3",
                null));
    assertThat(file).hasContent("model = \"new\"\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
        .isEqualTo("rwx------");
    assertThat(loader.load().model()).isEqualTo("new");
  }

  @Test
  void aProviderOfTheMachineCanBeChosen() throws Exception {
    Files.createDirectories(home);
    Files.writeString(home.resolve("none"), "[model_providers.corp]\nbase_url = 'http://corp'\n");
    write("model_provider", "corp");
    assertThat(file).hasContent("model_provider = \"corp\"\n");
    assertThatThrownBy(() -> write("model_provider", "nobody's"))
        .isInstanceOf(ConfigWriteException.class);
  }

  @Test
  void modeLinkAndMarkAreKept() throws Exception {
    Path real = Files.createDirectories(folder.toRealPath().resolve("dotfiles")).resolve("c.toml");
    Files.writeString(real, "\uFEFF# mine\r\nmodel = 'a' # why\r\n");
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r--r--"));
    Files.createDirectories(home);
    Files.createSymbolicLink(file, real);

    assertThat(write("model", "b").file()).isEqualTo(real);

    assertThat(file).isSymbolicLink();
    assertThat(Files.readString(real)).isEqualTo("\uFEFF# mine\r\nmodel = \"b\" # why\r\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
        .isEqualTo("rw-r--r--");
    try (var left = Files.list(real.getParent())) {
      assertThat(left).containsExactly(real);
    }
  }

  /// Each row: the key, its TOML value, the code and the message.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "model | 3 | CONFIG_VALIDATION_ERROR | Invalid configuration: model must be a string",
        "sandbox_mode | 'x' | CONFIG_VALIDATION_ERROR | Invalid configuration: sandbox_mode must be"
            + " one of read-only, workspace-write, danger-full-access, not \"x\"",
        "sandbox_workspace_write | { network_access = 1 } | CONFIG_VALIDATION_ERROR | Invalid"
            + " configuration: sandbox_workspace_write.network_access must be true or false",
        "model_providers.openai.name | 'x' | CONFIG_VALIDATION_ERROR"
            + " | Invalid configuration: model_providers.openai is a built-in provider; describe"
            + " yours under another name",
        "model.x | 1 | CONFIG_VALIDATION_ERROR | cannot set value on non-table parent",
        "`` | 1 | CONFIG_VALIDATION_ERROR | keyPath must not be empty",
        "a..b | 1 | CONFIG_VALIDATION_ERROR | keyPath segments must not be empty",
        "\"a | 1 | CONFIG_VALIDATION_ERROR | unterminated quoted keyPath segment",
        "profile | 'x' | CONFIG_VALIDATION_ERROR | `profile` chooses by the command line:"
            + " use `-p NAME` and `NAME.config.toml`",
      })
  void whatMakesNoSenseIsNotWritten(String key, String value, Code code, String message)
      throws Exception {
    Files.createDirectories(home);
    Files.writeString(file, "model = 'a'\n");
    TomlValue plain = ConfigTable.parsed("v = " + value, new ConfigSource.SessionFlags());
    Object wanted = ((TomlValue.Table) plain).plain().get("v");
    assertThatThrownBy(() -> write(key, wanted))
        .isInstanceOf(ConfigWriteException.class)
        .hasMessage(message)
        .extracting(e -> ((ConfigWriteException) e).code())
        .isEqualTo(code);
    assertThat(file).hasContent("model = 'a'\n");
  }

  /// A provider is described key by key, and a mistake elsewhere stops nobody.
  @Test
  void whatWasWrongBeforeIsNoReasonToRefuse() throws Exception {
    Files.createDirectories(home);
    Files.writeString(file, "approval_policy = 'x'\n");
    write("model_providers.own.name", "Own");
    write("model", "a");
    assertThat(file)
        .hasContent(
            "approval_policy = 'x'\nmodel = \"a\"\n\n[model_providers.own]\nname = \"Own\"\n");
  }

  @Test
  void aFileThatIsNoTomlIsNotTouched() throws Exception {
    Files.createDirectories(home);
    Files.writeString(file, "model = \n");
    assertThatThrownBy(() -> write("model", "a"))
        .isInstanceOf(ConfigWriteException.class)
        .hasMessageStartingWith("failed to load configuration: " + file + ":1: not valid TOML: ")
        .extracting(e -> ((ConfigWriteException) e).code())
        .isNull();
    assertThat(file).hasContent("model = \n");
  }

  @Test
  void anOldVersionAndAnotherFileAreRefused() throws Exception {
    String version = write("model", "a").version();
    List<Edit> edits = List.of(new Edit("model", "b", true));
    ConfigWriter writer = new ConfigWriter(loader);
    writer.write(edits, file.toString(), version);
    assertThatThrownBy(() -> writer.write(edits, null, version))
        .hasMessage("Configuration was modified since last read. Fetch latest version and retry.")
        .extracting(e -> ((ConfigWriteException) e).code())
        .isEqualTo(Code.CONFIG_VERSION_CONFLICT);
    assertThatThrownBy(() -> writer.write(edits, "/etc/codex/config.toml", null))
        .hasMessage("Only writes to the user config are allowed")
        .extracting(e -> ((ConfigWriteException) e).code())
        .isEqualTo(Code.CONFIG_LAYER_READONLY);
  }

  @Test
  void aValueThatDoesNotCountIsTold() throws Exception {
    loader = loader(List.of("model_verbosity=low"));
    ConfigWriter.Overridden overridden =
        Objects.requireNonNull(write("model_verbosity", "high").overridden());
    assertThat(overridden.message()).isEqualTo("Overridden by session flags");
    assertThat(overridden.effectiveValue()).isEqualTo("low");
    assertThat(write("model_verbosity", null).overridden()).isNull();
    assertThat(write("model", "a").overridden()).isNull();
  }

  @Test
  void writersLoseNothingOfEachOther() throws Exception {
    int writers = 4;
    int keys = 10;
    try (ExecutorService pool = Executors.newFixedThreadPool(writers)) {
      List<Future<Void>> done = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        String table = "features.w" + writer + "_";
        ConfigWriter own = new ConfigWriter(loader(List.of()));
        Callable<Void> work =
            () -> {
              for (int key = 0; key < keys; key++) {
                own.write(List.of(new Edit(table + key, true, true)), null, null);
              }
              return null;
            };
        done.add(pool.submit(work));
      }
      for (Future<Void> future : done) {
        future.get();
      }
    }
    assertThat(loader.layers(null).merged().at(List.of("features")))
        .isInstanceOfSatisfying(
            TomlValue.Table.class, table -> assertThat(table.entries()).hasSize(writers * keys));
  }
}
