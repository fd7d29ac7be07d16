package dev.codexlsp.core.config;

import dev.codexlsp.core.toml.Origin;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Who has said something about the configuration. The constants and components are those of the
/// wire, but for [ThreadWish], which is never told, and [Client], which is ours.
public sealed interface ConfigSource extends Origin {

  /// What a client wants for one thread.
  record ThreadWish() implements ConfigSource {}

  /// The options of the command line.
  record SessionFlags() implements ConfigSource {}

  /// The editor's settings.
  record Client() implements ConfigSource {}

  /// A folder of a project.
  record Project(Path dotCodexFolder) implements ConfigSource {}

  /// The user.
  ///
  /// @param profile the profile that the values belong to; null for those that always count
  record User(Path file, @Nullable String profile) implements ConfigSource {}

  /// Whoever looks after the machine. Named as on the wire.
  @SuppressWarnings("AvoidCommonTypeNames")
  record System(Path file) implements ConfigSource {}

  /// Null for what is in no file.
  default @Nullable Path path() {
    return switch (this) {
      case ThreadWish(), SessionFlags() -> null;
      case Client() -> null;
      case Project(Path folder) -> folder.resolve(ConfigLoader.FILE_NAME);
      case User(Path file, _) -> file;
      case System(Path file) -> file;
    };
  }

  /// What a message begins with that is not about a file.
  default String described() {
    return switch (this) {
      case ThreadWish() -> "`config` of the thread: ";
      case SessionFlags() -> "command line option -c: ";
      case Client() -> "the editor's settings: codex.";
      case Project _, User _, System _ -> "";
    };
  }

  /// As a message names it.
  default String label() {
    return switch (this) {
      case ThreadWish() -> "the thread's `config`";
      case SessionFlags() -> "session flags";
      case Client() -> "the editor's settings";
      case Project _ -> "project config: " + path();
      case User(Path file, _) -> "user config: " + file;
      case System(Path file) -> "system config: " + file;
    };
  }
}
