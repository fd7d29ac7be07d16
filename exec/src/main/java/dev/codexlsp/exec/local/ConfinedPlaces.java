package dev.codexlsp.exec.local;

import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.FileException.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lets nothing be touched but what lies below its roots. Any thread may call it.
///
/// The name is compared with the roots; what makes the comparison hold is that the kernel then
/// finds the file from the top without following a link and without going up, in one call that
/// nobody can come between, and that we use what was found and not its name: the JDK opens it as
/// `/proc/self/fd/N`. A name in a directory is used as `/proc/self/fd/N/name`, in ways that do not
/// follow a link of this name. So whoever renames folders and plants links meanwhile reaches
/// nothing but a failure, or another file below the same roots. Links below the roots are not
/// followed either, wherever they lead. Names that are not valid text are refused. What it cannot
/// see: a second (hard) link to a file outside, and what is mounted below a root.
///
/// The call is one of the [Searches]. What the JDK does then is as dangerous or harmless as it is
/// with [PlainPlaces].
final class ConfinedPlaces implements Places {
  private static final int MOST_AT_ONCE = 16;

  private final PathCalls calls;
  private final Reach reach;
  private final Searches searches;

  ConfinedPlaces(PathCalls calls, Reach reach) {
    this.calls = calls;
    this.reach = reach;
    searches = new Searches(calls::close, MOST_AT_ONCE);
  }

  private record Found(PathCalls calls, int fd, Path path) implements Place {
    @Override
    public void close() {
      calls.close(fd);
    }
  }

  @Override
  public Place existing(Path path, Access access)
      throws FileException, IOException, InterruptedException {
    Path normal = allowed(path, access);
    int fd = find(normal, path);
    return new Found(calls, fd, link(fd));
  }

  @Override
  public Place name(Path path, Access access)
      throws FileException, IOException, InterruptedException {
    Path normal = allowed(path, access);
    @Nullable Path parent = normal.getParent();
    @Nullable Path name = normal.getFileName();
    if (parent == null || name == null) {
      if (access == Access.READ) {
        int fd = find(normal, path);
        return new Found(calls, fd, link(fd).resolve("."));
      }
      throw new FileException(Kind.DENIED, "the root of all files has no name: " + path);
    }
    if (access == Access.WRITE && !reach.mayWrite(parent)) {
      throw new FileException(Kind.DENIED, "not to be created or removed: " + path);
    }
    int fd = find(parent, path);
    return new Found(calls, fd, link(fd).resolve(name));
  }

  private Path allowed(Path path, Access access) throws FileException {
    // Exact here, though it is not in general: no part of the path may be a link.
    Path normal = path.normalize();
    if (!normal.equals(Path.of(normal.toString()))) {
      // The kernel is asked by text, which would name another file.
      throw new FileException(Kind.MISUSED, "a name that is no text is not found here: " + path);
    }
    boolean allowed =
        switch (access) {
          case READ -> reach.mayRead(normal);
          case WRITE -> reach.mayWrite(normal);
        };
    if (!allowed) {
      String may =
          switch (access) {
            case READ -> "read";
            case WRITE -> "written";
          };
      throw new FileException(Kind.DENIED, "outside of what may be " + may + ": " + path);
    }
    return normal;
  }

  private static Path link(int fd) {
    return Path.of("/proc/self/fd/" + fd);
  }

  @Override
  public Set<OpenOption> creation() {
    return Set.of(
        StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public Path canonical(Path path) throws FileException, IOException, InterruptedException {
    try (Place place = existing(path, Access.READ)) {
      return Files.readSymbolicLink(place.path());
    }
  }

  /// @param asked for the message
  private int find(Path path, Path asked) throws FileException, IOException, InterruptedException {
    int result = searches.find(() -> calls.find(path.toString()));
    if (result < 0) {
      throw refused(asked, -result);
    }
    return result;
  }

  private static IOException refused(Path path, int error) throws FileException {
    String file = path.toString();
    return switch (error) {
      case PathCalls.ENOENT -> new NoSuchFileException(file);
      case PathCalls.EACCES -> new AccessDeniedException(file);
      case PathCalls.ENOTDIR -> new NotDirectoryException(file);
      case PathCalls.ELOOP, PathCalls.EXDEV ->
          throw new FileException(Kind.DENIED, "a link is not followed here: " + path);
      default -> new FileSystemException(file, null, "error " + error + " of the system");
    };
  }
}
