package dev.codexlsp.server.headless;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The file for the model's last words. That it cannot be written is found out before a model has
/// worked for them, as far as that can be seen.
final class LastMessage {
  private LastMessage() {}

  /// @throws IOException with words for the user
  static void requireWritable(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw new IOException("the last message cannot be written: " + file + " is a directory");
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException("the last message cannot be written: there is no folder " + folder);
    }
    if (!Files.isWritable(Files.exists(file) ? file : folder)) {
      throw new IOException("the last message cannot be written: no access to " + file);
    }
  }

  /// @param message null for none, which leaves the file empty
  static void write(Path file, @Nullable String message) throws IOException {
    try {
      Files.writeString(file, message == null ? "" : message, UTF_8);
    } catch (IOException unwritable) {
      throw new IOException("the last message cannot be written to " + file, unwritable);
    }
  }
}
