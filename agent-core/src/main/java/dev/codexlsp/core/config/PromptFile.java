package dev.codexlsp.core.config;

import java.nio.file.Path;

/// A file of the user with words for a model.
public final class PromptFile {
  private PromptFile() {}

  /// The text of the file.
  ///
  /// @throws ConfigException when it is missing, too large or no text
  public static String read(Path path) throws ConfigException {
    ConfigFile file = new ConfigFile(path);
    if (file.stamp() == null) {
      throw new ConfigException(path, null, "model_instructions_file", "there is no such file");
    }
    return file.text();
  }
}
