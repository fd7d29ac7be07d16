package dev.codexlsp.core.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A file that the user writes: its text, within a bound, and how to see that it has changed.
record ConfigFile(Path path) {
  private static final int MAX_BYTES = 1 << 20;

  /// What tells one version of the file from another.
  record Stamp(long size, FileTime modified, @Nullable Object inode) {

    /// By hand, because the first call of a record's own `equals` costs ten milliseconds.
    boolean isSameAs(Stamp other) {
      return size == other.size
          && modified.equals(other.modified)
          && Objects.equals(inode, other.inode);
    }
  }

  /// Null when there is no such file.
  @Nullable Stamp stamp() throws ConfigException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw unreadable("is not a file");
      }
      return new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
    } catch (NoSuchFileException _) {
      if (Files.isSymbolicLink(path)) {
        throw unreadable("is a link to a file that does not exist");
      }
      return null;
    } catch (IOException e) {
      throw unreadable("cannot be read: " + e);
    }
  }

  String text() throws ConfigException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw unreadable("is larger than " + MAX_BYTES + " bytes");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException _) {
      throw unreadable("is not UTF-8");
    } catch (IOException e) {
      throw unreadable("cannot be read: " + e);
    }
  }

  private ConfigException unreadable(String problem) {
    return new ConfigException(path, null, null, problem);
  }
}
