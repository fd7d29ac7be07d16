package dev.codexlsp.exec;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/// The files of a place where commands run. Paths are absolute. Any thread may call it; every call
/// may wait for a disk or a network.
///
/// Nothing here is unbounded: a file that is read or written whole has [#WHOLE_FILE_LIMIT] bytes at
/// most, and a walk ends at the limits of its [WalkOptions].
public interface FileSystem {
  long WHOLE_FILE_LIMIT = 512L * 1024 * 1024;

  ByteBuffer read(Path file) throws FileException, InterruptedException;

  /// Creates the file, or replaces what is in it.
  void write(Path file, ByteBuffer bytes) throws FileException, InterruptedException;

  /// Creates a directory.
  ///
  /// @param parents whether missing ones are created too, and an existing directory is fine
  void createDirectory(Path directory, boolean parents) throws FileException, InterruptedException;

  /// Follows links, and says that it did.
  FileMetadata metadata(Path path) throws FileException, InterruptedException;

  /// The path without links, `.` and `..`; it must exist.
  Path canonicalize(Path path) throws FileException, InterruptedException;

  /// The entries of a directory by name.
  List<DirectoryEntry> list(Path directory) throws FileException, InterruptedException;

  /// What lies below a directory.
  WalkResult walk(Path directory, WalkOptions options) throws FileException, InterruptedException;

  /// Removes a file, a link or a directory.
  ///
  /// @param recursive whether a directory that is not empty is removed with all it holds
  /// @param force whether it is fine when there is nothing
  void remove(Path path, boolean recursive, boolean force)
      throws FileException, InterruptedException;

  /// Copies a file, or a directory with all it holds.
  ///
  /// @param recursive needed to copy a directory
  void copy(Path source, Path destination, boolean recursive)
      throws FileException, InterruptedException;

  /// A file to be read or replaced piece by piece.
  OpenFile open(Path file, OpenMode mode) throws FileException, InterruptedException;

  /// What an open file is for.
  enum OpenMode {
    READ,

    /// The file is created or emptied.
    REPLACE
  }

  /// One open file. One thread at a time.
  interface OpenFile extends AutoCloseable {
    int BLOCK_LIMIT = 1_048_576;

    /// Up to the given number of bytes; less only at the end of the file.
    ByteBuffer read(long offset, int length) throws FileException, InterruptedException;

    void write(long offset, ByteBuffer bytes) throws FileException, InterruptedException;

    @Override
    void close();
  }

  /// What is known of a path.
  ///
  /// @param isSymlink whether the path itself is a link; the rest is told of what it leads to
  record FileMetadata(
      boolean isDirectory,
      boolean isFile,
      boolean isSymlink,
      long size,
      long createdAtMs,
      long modifiedAtMs) {}

  /// One name in a directory; links are followed.
  record DirectoryEntry(String fileName, boolean isDirectory, boolean isFile) {}

  /// Where a walk ends.
  record WalkOptions(
      int maxDepth,
      int maxDirectories,
      int maxEntries,
      boolean followDirectorySymlinks,
      boolean pruneHiddenDirectories) {}

  /// What a walk has met.
  ///
  /// @param errors what could not be looked into, a sentence each
  /// @param truncated whether a limit ended the walk
  record WalkResult(List<WalkEntry> entries, List<String> errors, boolean truncated) {
    public WalkResult {
      entries = List.copyOf(entries);
      errors = List.copyOf(errors);
    }
  }

  record WalkEntry(Path path, Kind kind) {}

  /// What a walk meets.
  enum Kind {
    FILE,
    DIRECTORY,
    SYMLINK,
    OTHER
  }
}
