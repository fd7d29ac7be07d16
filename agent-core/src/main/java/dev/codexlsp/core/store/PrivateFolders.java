package dev.codexlsp.core.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Folders of conversations are nobody else's business.
final class PrivateFolders {
  private static final FileAttribute<Set<PosixFilePermission>> MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private PrivateFolders() {}

  /// Creates the folder, and those above it, for their owner only. One that is there stays as it
  /// is.
  static void create(Path folder) throws IOException {
    Files.createDirectories(folder, MODE);
  }
}
