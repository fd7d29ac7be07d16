package dev.codexlsp.core.config;

import dev.codexlsp.core.command.BannedPrefixes;
import dev.codexlsp.core.command.CommandRules;
import dev.codexlsp.core.command.Rule;
import dev.codexlsp.core.command.RuleFileParser;
import dev.codexlsp.core.command.RuleSyntaxException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The rules of the user for commands: `rules/*.rules` below `CODEX_HOME`, read and extended.
///
/// Read whenever somebody asks, so that what the original's programs add holds here too. A file
/// that cannot be read may hold a prohibition, so as long as there is one, nothing is allowed by
/// any rule; what the others prompt for or forbid stays.
///
/// Any thread may use it; nothing is remembered.
public final class RuleFiles {
  private static final int MAX_FILES = 256;

  private final Path folder;

  public RuleFiles(Path codexHome) {
    this.folder = codexHome.resolve("rules");
  }

  /// What was read.
  ///
  /// @param warnings for the user, each with its file, and the line where there is one
  public record Loaded(CommandRules rules, List<String> warnings) {
    public Loaded {
      warnings = List.copyOf(warnings);
    }
  }

  /// The rules as they are now, those of a file that sorts earlier first.
  public Loaded load() {
    List<Rule> rules = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (Path file : files(warnings)) {
      try {
        rules.addAll(read(file));
      } catch (ConfigException unreadable) {
        warnings.add(String.valueOf(unreadable.getMessage()));
      }
    }
    CommandRules all = CommandRules.of(rules);
    return new Loaded(warnings.isEmpty() ? all : all.withoutAllows(), warnings);
  }

  private List<Path> files(List<String> warnings) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.rules")) {
      found.forEach(files::add);
    } catch (NoSuchFileException _) {
      return files;
    } catch (IOException | DirectoryIteratorException unreadable) {
      warnings.add(folder + ": cannot be read: " + unreadable);
    }
    files.sort(null);
    if (files.size() > MAX_FILES) {
      warnings.add(folder + ": holds more than " + MAX_FILES + " rule files");
      return files.subList(0, MAX_FILES);
    }
    return files;
  }

  private static List<Rule> read(Path path) throws ConfigException {
    ConfigFile file = new ConfigFile(path);
    if (file.stamp() == null) {
      return List.of();
    }
    try {
      return RuleFileParser.parse(file.text());
    } catch (RuleSyntaxException broken) {
      throw new ConfigException(path, broken.line(), null, String.valueOf(broken.getMessage()));
    }
  }

  /// Adds a rule that allows what begins with these words, unless the file has that line already.
  ///
  /// @throws IllegalArgumentException when such a rule must not be made
  public void append(List<String> prefix) throws ConfigException, InterruptedException {
    if (BannedPrefixes.isBanned(prefix)) {
      throw new IllegalArgumentException("a rule must not allow " + prefix);
    }
    new RuleAppender(folder.resolve("default.rules")).append(prefix);
  }
}
