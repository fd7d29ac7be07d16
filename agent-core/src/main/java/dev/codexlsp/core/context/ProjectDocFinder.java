package dev.codexlsp.core.context;

import dev.codexlsp.core.config.Config;
import dev.codexlsp.core.context.ProjectDocs.Doc;
import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.FileSystem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks for `AGENTS.md` files.
///
/// A project begins at the nearest folder above with a root marker, without one at the folder
/// itself. From there down, each folder gives at most one file. The files of a project share one
/// budget; the user's own is not charged. A file that cannot be read is passed over.
public final class ProjectDocFinder {
  private static final String NAME = "AGENTS.md";
  private static final String OVERRIDE = "AGENTS.override.md";

  /// Of the user's own file, which nobody else bounds.
  static final int GLOBAL_LIMIT = 128 * 1024;

  /// Of all files of a project, whatever the configuration says.
  private static final int PROJECT_LIMIT = 1024 * 1024;

  private static final int UTF8_TAIL = 0xC0;
  private static final int UTF8_MORE = 0x80;

  private final Path codexHome;

  /// @param codexHome on this machine
  public ProjectDocFinder(Path codexHome) {
    this.codexHome = codexHome;
  }

  /// What there is for a folder.
  ///
  /// @param files of the place where the project is; null for nowhere
  public ProjectDocs find(Path cwd, @Nullable FileSystem files, Config.Docs rules)
      throws InterruptedException {
    List<Doc> project = files == null ? List.of() : project(cwd, files, rules);
    return new ProjectDocs(cwd, global(), project);
  }

  private @Nullable Doc global() {
    for (String name : List.of(OVERRIDE, NAME)) {
      Path path = codexHome.resolve(name);
      try (InputStream in = Files.newInputStream(path)) {
        String text = text(in.readNBytes(GLOBAL_LIMIT + 1), GLOBAL_LIMIT);
        if (!text.isBlank()) {
          return new Doc(path, text);
        }
      } catch (IOException missing) {
        // The next name, then.
      }
    }
    return null;
  }

  private static List<Doc> project(Path cwd, FileSystem files, Config.Docs rules)
      throws InterruptedException {
    List<String> names = new ArrayList<>(List.of(OVERRIDE, NAME));
    names.addAll(rules.fallbackNames());
    List<Doc> docs = new ArrayList<>();
    int left = Math.min(rules.maxBytes(), PROJECT_LIMIT);
    if (left <= 0) {
      return docs;
    }
    for (Path folder : folders(cwd, files, rules.rootMarkers())) {
      Doc doc = left <= 0 ? null : first(files, folder, names, left);
      if (doc != null) {
        left -= doc.text().getBytes(StandardCharsets.UTF_8).length;
        docs.add(doc);
      }
    }
    return docs;
  }

  /// From the root of the project down.
  private static List<Path> folders(Path cwd, FileSystem files, List<String> markers)
      throws InterruptedException {
    List<Path> folders = new ArrayList<>();
    for (Path folder = cwd; folder != null; folder = folder.getParent()) {
      folders.addFirst(folder);
      for (String marker : markers) {
        if (exists(files, folder.resolve(marker))) {
          return folders;
        }
      }
    }
    return List.of(cwd);
  }

  private static boolean exists(FileSystem files, Path path) throws InterruptedException {
    try {
      files.metadata(path);
      return true;
    } catch (FileException missing) {
      return false;
    }
  }

  /// The first of the names that is a file and says something.
  private static @Nullable Doc first(FileSystem files, Path folder, List<String> names, int limit)
      throws InterruptedException {
    for (String name : names) {
      Path path = folder.resolve(name);
      String text = read(files, path, limit);
      if (text != null && !text.isBlank()) {
        return new Doc(path, text);
      }
    }
    return null;
  }

  private static @Nullable String read(FileSystem files, Path path, int limit)
      throws InterruptedException {
    try {
      if (!files.metadata(path).isFile()) {
        return null;
      }
      try (FileSystem.OpenFile file = files.open(path, FileSystem.OpenMode.READ)) {
        return text(file, limit);
      }
    } catch (FileException unreadable) {
      return null;
    }
  }

  private static String text(FileSystem.OpenFile file, int limit)
      throws FileException, InterruptedException {
    byte[] all = new byte[limit + 1];
    int length = 0;
    while (length < all.length) {
      int wanted = Math.min(all.length - length, FileSystem.OpenFile.BLOCK_LIMIT);
      ByteBuffer block = file.read(length, wanted);
      int count = block.remaining();
      if (count == 0) {
        break;
      }
      block.get(all, length, count);
      length += count;
    }
    return text(Arrays.copyOf(all, length), limit);
  }

  private static String text(byte[] bytes, int limit) {
    int length = bytes.length > limit ? boundary(bytes, limit) : bytes.length;
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /// The last place at or before the limit where no character is cut in two.
  private static int boundary(byte[] bytes, int limit) {
    int end = limit;
    while (end > 0 && (bytes[end] & UTF8_TAIL) == UTF8_MORE) {
      end--;
    }
    return end;
  }
}
