package dev.codexlsp.core.store;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/// The open file: whole lines at its end, nothing else.
final class RolloutFile implements AutoCloseable {
  private static final FileAttribute<Set<PosixFilePermission>> FILE_MODE = mode("rw-------");

  private final Path path;
  private final OutputStream out;
  private boolean torn;

  /// @param out unbuffered: what one write hands over is in the kernel when it returns
  RolloutFile(Path path, OutputStream out) {
    this.path = path;
    this.out = out;
  }

  /// Creates the file, which must not be there yet, and the folders above it.
  ///
  /// A plain stream writes an array of any size with one `write(2)`. A channel would do so too, but
  /// it closes itself when its thread is interrupted.
  static RolloutFile create(Path path) {
    try {
      PrivateFolders.create(Objects.requireNonNull(path.getParent()));
      Files.createFile(path, FILE_MODE);
      return new RolloutFile(path, new FileOutputStream(path.toFile(), true));
    } catch (IOException e) {
      throw failure("create", path, e);
    }
  }

  /// Opens a file that others have written. A last line that was cut off is closed off with the
  /// first one of ours.
  ///
  /// @param readSize how long it was when it was read; who holds the thread's lock knows that
  ///   nobody writes any more
  static RolloutFile reopen(Path path, long readSize) {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      long size = file.length();
      if (size != readSize) {
        throw new StoreException(
            "somebody has gone on with the thread of " + path + "; resume it again");
      }
      file.seek(Math.max(0, size - 1));
      RolloutFile reopened = new RolloutFile(path, new FileOutputStream(path.toFile(), true));
      reopened.torn = size > 0 && file.read() != '\n';
      return reopened;
    } catch (IOException e) {
      throw failure("open", path, e);
    }
  }

  /// The line is in the kernel's hands when this returns, and so survives the end of the process. A
  /// line that could be written in part only, on a full disk, is closed off before the next one:
  /// readers skip it, and lose no other.
  void append(String line) {
    byte[] bytes = ((torn ? "\n" : "") + line + "\n").getBytes(StandardCharsets.UTF_8);
    torn = true;
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw failure("write", path, e);
    }
    torn = false;
  }

  /// Takes a file back that holds nothing of worth yet.
  void discard() {
    close();
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw failure("delete", path, e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw failure("close", path, e);
    }
  }

  private static StoreException failure(String verb, Path path, IOException e) {
    return new StoreException("cannot " + verb + " the rollout " + path + ": " + e.getMessage(), e);
  }

  private static FileAttribute<Set<PosixFilePermission>> mode(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }
}
