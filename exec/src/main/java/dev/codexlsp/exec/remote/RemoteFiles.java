package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.FileSystem;
import dev.codexlsp.exec.protocol.ExecError;
import dev.codexlsp.exec.protocol.ExecMethods;
import dev.codexlsp.exec.protocol.FsCanonicalize;
import dev.codexlsp.exec.protocol.FsClose;
import dev.codexlsp.exec.protocol.FsCopy;
import dev.codexlsp.exec.protocol.FsCreateDirectory;
import dev.codexlsp.exec.protocol.FsGetMetadata;
import dev.codexlsp.exec.protocol.FsOpen;
import dev.codexlsp.exec.protocol.FsReadBlock;
import dev.codexlsp.exec.protocol.FsReadDirectory;
import dev.codexlsp.exec.protocol.FsReadFile;
import dev.codexlsp.exec.protocol.FsRemove;
import dev.codexlsp.exec.protocol.FsWalk;
import dev.codexlsp.exec.protocol.FsWriteBlock;
import dev.codexlsp.exec.protocol.FsWriteFile;
import dev.codexlsp.exec.protocol.Payload;
import dev.codexlsp.exec.protocol.Row;
import dev.codexlsp.exec.protocol.SandboxMember;
import dev.codexlsp.exec.remote.Session.Again;
import dev.codexlsp.exec.sandbox.Confinement;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The files of another place. What only reads is asked again when the connection breaks under it;
/// of a change nobody knows then whether it has happened, and that is said.
final class RemoteFiles implements FileSystem {
  /// What fits into one message; more travels piece by piece.
  private static final int MESSAGE_BYTES = 8 * 1024 * 1024;

  /// A message holds only so many values.
  private static final int ENTRY_LIMIT = 50_000;

  private static final Duration ANSWER_LIMIT = Duration.ofMinutes(10);

  private final Sessions sessions;
  private final @Nullable Payload sandbox;

  /// Where the session comes from.
  interface Sessions {
    Session session() throws ExecException, InterruptedException;
  }

  /// @param confinement null for no limits
  RemoteFiles(Sessions sessions, @Nullable Confinement confinement) {
    this.sessions = sessions;
    sandbox = confinement == null ? null : SandboxMember.of(confinement);
  }

  @Override
  public ByteBuffer read(Path file) throws FileException, InterruptedException {
    long size = metadata(file).size();
    if (size > WHOLE_FILE_LIMIT) {
      throw new FileException(
          FileException.Kind.MISUSED, file + " has more than " + WHOLE_FILE_LIMIT + " bytes");
    }
    if (size <= MESSAGE_BYTES) {
      return ask(ExecMethods.FS_READ_FILE, new FsReadFile(file, sandbox), file).dataBase64();
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) size);
    try (OpenFile open = open(file, OpenMode.READ)) {
      while (bytes.hasRemaining()) {
        ByteBuffer block =
            open.read(bytes.position(), Math.min(OpenFile.BLOCK_LIMIT, bytes.remaining()));
        if (!block.hasRemaining()) {
          break;
        }
        bytes.put(block);
      }
    }
    return bytes.flip();
  }

  @Override
  public void write(Path file, ByteBuffer bytes) throws FileException, InterruptedException {
    if (bytes.remaining() <= MESSAGE_BYTES) {
      change(ExecMethods.FS_WRITE_FILE, new FsWriteFile(file, bytes, sandbox), file);
      return;
    }
    ByteBuffer rest = bytes.duplicate();
    try (OpenFile open = open(file, OpenMode.REPLACE)) {
      for (long offset = 0; rest.hasRemaining(); ) {
        int count = Math.min(OpenFile.BLOCK_LIMIT, rest.remaining());
        open.write(offset, rest.slice(rest.position(), count));
        rest.position(rest.position() + count);
        offset += count;
      }
    }
  }

  @Override
  public void createDirectory(Path directory, boolean parents)
      throws FileException, InterruptedException {
    change(
        ExecMethods.FS_CREATE_DIRECTORY,
        new FsCreateDirectory(directory, parents, sandbox),
        directory);
  }

  @Override
  public FileMetadata metadata(Path path) throws FileException, InterruptedException {
    return ask(ExecMethods.FS_GET_METADATA, new FsGetMetadata(path, sandbox), path);
  }

  @Override
  public Path canonicalize(Path path) throws FileException, InterruptedException {
    return ask(ExecMethods.FS_CANONICALIZE, new FsCanonicalize(path, sandbox), path).path();
  }

  @Override
  public List<DirectoryEntry> list(Path directory) throws FileException, InterruptedException {
    return ask(ExecMethods.FS_READ_DIRECTORY, new FsReadDirectory(directory, sandbox), directory)
        .entries();
  }

  @Override
  public WalkResult walk(Path directory, WalkOptions options)
      throws FileException, InterruptedException {
    WalkOptions bounded =
        new WalkOptions(
            options.maxDepth(),
            options.maxDirectories(),
            Math.min(options.maxEntries(), ENTRY_LIMIT),
            options.followDirectorySymlinks(),
            options.pruneHiddenDirectories());
    return ask(ExecMethods.FS_WALK, new FsWalk(directory, bounded, sandbox), directory);
  }

  @Override
  public void remove(Path path, boolean recursive, boolean force)
      throws FileException, InterruptedException {
    change(ExecMethods.FS_REMOVE, new FsRemove(path, recursive, force, sandbox), path);
  }

  @Override
  public void copy(Path source, Path destination, boolean recursive)
      throws FileException, InterruptedException {
    change(ExecMethods.FS_COPY, new FsCopy(source, destination, recursive, sandbox), source);
  }

  @Override
  public OpenFile open(Path file, OpenMode mode) throws FileException, InterruptedException {
    // Without the dashes: the original takes no more than 32 characters.
    String handle = UUID.randomUUID().toString().replace("-", "");
    try {
      Session session = sessions.session();
      call(session, ExecMethods.FS_OPEN, new FsOpen(handle, file, mode, sandbox), file, Again.NO);
      return new RemoteFile(session, handle, file);
    } catch (ExecException failure) {
      throw failed(file, failure);
    }
  }

  /// A handle of the server; it means nothing to any session but its own.
  private record RemoteFile(Session session, String handle, Path file) implements OpenFile {

    @Override
    public ByteBuffer read(long offset, int length) throws FileException, InterruptedException {
      FsReadBlock block = new FsReadBlock(handle, offset, length);
      return call(session, ExecMethods.FS_READ_BLOCK, block, file, Again.YES).chunk();
    }

    @Override
    public void write(long offset, ByteBuffer bytes) throws FileException, InterruptedException {
      FsWriteBlock block = new FsWriteBlock(handle, offset, bytes);
      call(session, ExecMethods.FS_WRITE_BLOCK, block, file, Again.NO);
    }

    @Override
    public void close() {
      // With the session its handles are gone, too.
      if (!session.hasEnded()) {
        Thread.ofVirtual().name("exec-close-file").start(this::closeThere);
      }
    }

    private void closeThere() {
      try {
        session.request(ExecMethods.FS_CLOSE, new FsClose(handle), Again.NO);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private <P extends Record, R> R ask(Row.Request<P, R> method, P params, Path path)
      throws FileException, InterruptedException {
    return call(method, params, path, Again.YES);
  }

  private <P extends Record, R> void change(Row.Request<P, R> method, P params, Path path)
      throws FileException, InterruptedException {
    call(method, params, path, Again.NO);
  }

  private <P extends Record, R> R call(Row.Request<P, R> method, P params, Path path, Again again)
      throws FileException, InterruptedException {
    try {
      return call(sessions.session(), method, params, path, again);
    } catch (ExecException failure) {
      throw failed(path, failure);
    }
  }

  private static FileException failed(Path path, Exception failure) {
    return new FileException(
        FileException.Kind.FAILED, path + ": " + failure.getMessage(), failure);
  }

  private static <P extends Record, R> R call(
      Session session, Row.Request<P, R> method, P params, Path path, Again again)
      throws FileException, InterruptedException {
    try {
      return session.call(method, params, again, ANSWER_LIMIT);
    } catch (CallException.Refused refused) {
      throw new FileException(kind(refused), path + ": " + refused.getMessage(), refused);
    } catch (CallException.Broken broken) {
      throw new FileException(
          FileException.Kind.FAILED,
          path + ": nobody knows whether it was done: " + broken.getMessage(),
          broken);
    } catch (CallException failure) {
      throw failed(path, failure);
    }
  }

  private static FileException.Kind kind(CallException.Refused refused) {
    return switch (refused.code()) {
      case ExecError.NOT_FOUND -> FileException.Kind.NOT_FOUND;
      case ExecError.INVALID_REQUEST, ExecError.INVALID_PARAMS -> FileException.Kind.MISUSED;
      default -> FileException.Kind.FAILED;
    };
  }
}
