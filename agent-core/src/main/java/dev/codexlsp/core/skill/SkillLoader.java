package dev.codexlsp.core.skill;

import dev.codexlsp.core.config.Config;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Finds and reads skills. Folders are looked through each time; a file is read again when it has
/// changed. Any thread may call it.
public final class SkillLoader {
  /// Of one `SKILL.md`, which goes to the model whole.
  static final int MAX_BYTES = 256 * 1024;

  /// Of all skills of a folder.
  static final int MAX_SKILLS = 500;

  private static final int MAX_REMEMBERED = 2_000;

  private final SkillRoot.Homes homes;
  private final ConcurrentHashMap<Path, Read> remembered = new ConcurrentHashMap<>();
  private volatile List<Path> further = List.of();

  /// @param modified when the file was last changed, as far as anybody saw
  private record Read(FileTime modified, long size, @Nullable FrontMatter head, String problem) {}

  public SkillLoader(Path codexHome, Path userHome) {
    this.homes = new SkillRoot.Homes(codexHome, userHome);
  }

  /// Further folders, in the place of those from before.
  public void lookIn(List<Path> roots) {
    further = List.copyOf(roots);
  }

  /// The skills that count in a folder.
  ///
  /// @param cwd a folder of this machine; null for no project
  public Skills load(@Nullable Path cwd, Config config) {
    List<Skill> skills = new ArrayList<>();
    List<Skills.Broken> broken = new ArrayList<>();
    Set<Path> seen = new HashSet<>();
    for (SkillRoot root : SkillRoot.of(cwd, homes, config.docs().rootMarkers(), further)) {
      boolean counts = root.scope() != Skill.Scope.SYSTEM || config.skills().includesBundled();
      for (Path file : counts ? SkillWalk.below(root) : List.<Path>of()) {
        Path path = real(file);
        if (seen.add(path) && skills.size() < MAX_SKILLS) {
          Read read = read(path);
          FrontMatter head = read.head;
          if (head == null) {
            broken.add(new Skills.Broken(path, read.problem));
          } else {
            skills.add(skill(head, path, file, root, config.skills()));
          }
        }
      }
    }
    return new Skills(skills, broken);
  }

  /// The whole text of a skill; null when it cannot be read any more.
  public static @Nullable String text(Skill skill) {
    try {
      return text(skill.path());
    } catch (IOException | SkillException gone) {
      return null;
    }
  }

  private static Skill skill(
      FrontMatter head, Path path, Path file, SkillRoot root, Config.Skills rules) {
    Path folder = Objects.requireNonNullElse(file.getParent(), file);
    String name =
        Objects.requireNonNullElseGet(head.name(), () -> String.valueOf(folder.getFileName()));
    return new Skill(
        name,
        head.description(),
        head.shortDescription(),
        path,
        root.folder(),
        root.folder().relativize(file),
        root.scope(),
        isEnabled(name, path, rules));
  }

  /// The last switch that fits counts.
  private static boolean isEnabled(String name, Path path, Config.Skills rules) {
    boolean enabled = true;
    for (Config.SkillSwitch rule : rules.switches()) {
      Path named = rule.path() == null ? null : real(rule.path());
      boolean fits =
          name.equals(rule.name())
              || path.equals(named)
              || (named != null && path.equals(named.resolve(SkillWalk.FILE)));
      enabled = fits ? rule.enabled() : enabled;
    }
    return enabled;
  }

  private Read read(Path path) {
    try {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      Read known = remembered.get(path);
      if (known != null
          && known.modified.equals(now.lastModifiedTime())
          && known.size == now.size()) {
        return known;
      }
      Read read = read(path, now);
      if (remembered.size() < MAX_REMEMBERED) {
        remembered.put(path, read);
      }
      return read;
    } catch (IOException unreadable) {
      return new Read(FileTime.fromMillis(0), 0, null, "failed to read file: " + unreadable);
    }
  }

  private static Read read(Path path, BasicFileAttributes now) throws IOException {
    try {
      return new Read(now.lastModifiedTime(), now.size(), FrontMatter.of(text(path)), "");
    } catch (SkillException broken) {
      return new Read(
          now.lastModifiedTime(), now.size(), null, String.valueOf(broken.getMessage()));
    }
  }

  private static String text(Path path) throws IOException, SkillException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new SkillException("larger than " + MAX_BYTES + " bytes");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notText) {
      throw new SkillException("failed to read file: not UTF-8");
    }
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException missing) {
      return path;
    }
  }
}
