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

/// Reads `config.toml`, again whenever it has changed: whoever needs the configuration asks here,
/// and keeps no copy longer than one thread start or one turn.
///
/// A file that did not change is not parsed again, because a parse costs some milliseconds as long
/// as the parser is not compiled, and a `stat` some microseconds. Two versions of equal length,
/// written within one tick of the file system's clock, look the same. An error is not remembered.
///
/// May be used by any thread: what is remembered is one immutable value, and threads that race only
/// parse twice.
public final class ConfigLoader {
  private static final int MAX_BYTES = 1 << 20;

  private final Path file;
  private final Path userHome;
  private volatile @Nullable Loaded loaded;

  private record Loaded(Stamp stamp, Config config) {}

  /// What tells one version of the file from another.
  private record Stamp(long size, FileTime modified, @Nullable Object inode) {

    /// By hand, because the first call of a record's own `equals` costs ten milliseconds.
    boolean isSameAs(Stamp other) {
      return size == other.size
          && modified.equals(other.modified)
          && Objects.equals(inode, other.inode);
    }
  }

  /// @param userHome what `~` in a path of the file stands for
  public ConfigLoader(Path codexHome, Path userHome) {
    this.file = codexHome.resolve("config.toml");
    this.userHome = userHome;
  }

  /// What holds when there is no file, for somebody who cannot read the one there is.
  public Config defaults() {
    return Config.defaults(file);
  }

  /// The configuration as it is now; the defaults when there is no file.
  public Config load() throws ConfigException {
    // Taken before the file is read: a change in between only costs one more parse.
    Stamp stamp = stamp();
    if (stamp == null) {
      return Config.defaults(file);
    }
    Loaded known = loaded;
    if (known != null && known.stamp.isSameAs(stamp)) {
      return known.config;
    }
    Config config = new ConfigReader(file, userHome).read(text());
    loaded = new Loaded(stamp, config);
    return config;
  }

  private @Nullable Stamp stamp() throws ConfigException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw unreadable("is not a file");
      }
      return new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
    } catch (NoSuchFileException _) {
      return null;
    } catch (IOException e) {
      throw unreadable("cannot be read: " + e);
    }
  }

  private String text() throws ConfigException {
    try (InputStream in = Files.newInputStream(file)) {
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
    return new ConfigException(file, null, null, problem);
  }
}
