package dev.codexlsp.core.config;

import dev.codexlsp.exec.local.AdvisoryLock;
import dev.codexlsp.exec.local.AdvisoryLock.Mode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;

/// A file that is replaced as a whole. A lock beside it keeps our own writers apart; a program that
/// knows nothing of the lock is noticed by what the file says just before it is replaced.
///
/// @param path the user's; it may be a link, and then the file that it leads to is replaced
record UserFile(Path path) {
  /// Whoever holds the lock reads and writes one small file; longer means stopped or broken.
  private static final Duration WAIT = Duration.ofSeconds(5);

  /// How often somebody else may be faster.
  private static final int TRIES = 5;

  private static final int MAX_BYTES = 1 << 20;

  /// Makes a new text of the old one.
  interface Change {
    String of(String before) throws ConfigWriteException;
  }

  /// The file that is replaced.
  Path target() throws IOException {
    return Files.exists(path) ? path.toRealPath() : path;
  }

  /// Returns what the file says afterwards. It is not touched when nothing changes.
  String change(Change change) throws IOException, ConfigWriteException, InterruptedException {
    Files.createDirectories(
        path.toAbsolutePath().getParent(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path target = target();
    try (AdvisoryLock _ = AdvisoryLock.acquire(lock(), Mode.EXCLUSIVE, WAIT)) {
      for (int i = 0; i < TRIES; i++) {
        String before = text(target);
        String after = change.of(before);
        if (after.equals(before) || replace(target, before, after)) {
          return after;
        }
      }
      throw new IOException("another program keeps changing it");
    }
  }

  private Path lock() {
    return path.resolveSibling("." + path.getFileName() + ".lock");
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException("it is larger than " + MAX_BYTES + " bytes");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (NoSuchFileException none) {
      return "";
    }
  }

  /// False when somebody else was faster.
  private static boolean replace(Path file, String before, String after) throws IOException {
    Path made = Files.createTempFile(file.toAbsolutePath().getParent(), ".config-", ".tmp");
    try {
      try (FileChannel channel = FileChannel.open(made, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(after.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      if (Files.exists(file)) {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
        Files.setPosixFilePermissions(made, mode);
      }
      if (!text(file).equals(before)) {
        return false;
      }
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } finally {
      Files.deleteIfExists(made);
    }
  }
}
