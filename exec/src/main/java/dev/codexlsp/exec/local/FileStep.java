package dev.codexlsp.exec.local;

import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.FileException.Kind;
import dev.codexlsp.exec.SystemError;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One step on a file, whose failure is told in our words and by the path that the caller knows.
@FunctionalInterface
interface FileStep<T> {
  T take() throws IOException, FileException, InterruptedException;

  /// A step that gives nothing back.
  @FunctionalInterface
  interface Action {
    void take() throws IOException, FileException, InterruptedException;
  }

  /// As [#on].
  static void run(Path path, Action action) throws FileException, InterruptedException {
    boolean _ =
        on(
            path,
            () -> {
              action.take();
              return true;
            });
  }

  /// Takes the step; the path is for the message.
  static <T> T on(Path path, FileStep<T> step) throws FileException, InterruptedException {
    if (!path.isAbsolute()) {
      throw new FileException(Kind.MISUSED, "path is not absolute: " + path);
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    try {
      return step.take();
    } catch (ClosedByInterruptException _) {
      // The channel has left the flag set; the exception takes its place.
      boolean _ = Thread.interrupted();
      throw new InterruptedException();
    } catch (IOException failure) {
      throw failure(path, failure);
    } catch (InvalidPathException failure) {
      // The locale of this process has no bytes for it.
      throw new FileException(Kind.MISUSED, "not the name of a file here: " + path, failure);
    } catch (NonReadableChannelException _) {
      throw notOpen("reading", path);
    } catch (NonWritableChannelException _) {
      throw notOpen("writing", path);
    }
  }

  private static FileException notOpen(String use, Path path) {
    return new FileException(
        Kind.FAILED, "file is not open for " + use + ": " + path, SystemError.BAD_DESCRIPTOR);
  }

  private static FileException failure(Path path, IOException failure) {
    @Nullable SystemError error = error(failure);
    if (error != null) {
      return new FileException(
          error == SystemError.NO_ENTRY ? Kind.NOT_FOUND : Kind.FAILED,
          error.words() + ": " + path,
          error);
    }
    return new FileException(Kind.FAILED, reason(failure) + ": " + path, failure);
  }

  private static @Nullable SystemError error(IOException failure) {
    return switch (failure) {
      case NoSuchFileException _ -> SystemError.NO_ENTRY;
      case AccessDeniedException _ -> SystemError.DENIED;
      case FileAlreadyExistsException _ -> SystemError.EXISTS;
      case DirectoryNotEmptyException _ -> SystemError.NOT_EMPTY;
      case NotDirectoryException _ -> SystemError.NO_DIRECTORY;
      case FileSystemException other -> SystemError.described(said(other.getReason()));
      case IOException other -> SystemError.described(said(other.getMessage()));
    };
  }

  private static String reason(IOException failure) {
    return switch (failure) {
      case ClosedChannelException _ -> "file is closed";
      case FileSystemException other -> said(other.getReason()).toLowerCase(Locale.ROOT);
      case IOException other -> said(other.getMessage()).toLowerCase(Locale.ROOT);
    };
  }

  private static String said(@Nullable String text) {
    return text == null ? "The system refused" : text;
  }
}
