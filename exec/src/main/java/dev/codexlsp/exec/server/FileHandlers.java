package dev.codexlsp.exec.server;

import dev.codexlsp.exec.ExecBackend;
import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.FileSystem;
import dev.codexlsp.exec.FileSystem.FileMetadata;
import dev.codexlsp.exec.FileSystem.OpenFile;
import dev.codexlsp.exec.FileSystem.OpenMode;
import dev.codexlsp.exec.FileSystem.WalkResult;
import dev.codexlsp.exec.SystemError;
import dev.codexlsp.exec.protocol.Done;
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
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// Passes on what clients want of the files of this place.
///
/// What changes files is done wholly once it has begun: the end of the connection that asked for it
/// must not leave half a file behind.
final class FileHandlers {
  /// As base64 it fits into one message, with some room around it.
  static final long READ_LIMIT = 47L * 1024 * 1024;

  private final ExecBackend backend;
  private final Map<String, String> environment;
  private final SandboxGate gate;

  /// @param environment of this process
  FileHandlers(ExecBackend backend, Map<String, String> environment) {
    this.backend = backend;
    this.environment = environment;
    gate = SandboxGate.of(environment);
  }

  private FileSystem files(@Nullable Payload sandbox) throws Refused {
    return backend.files(gate.confinement(sandbox, environment));
  }

  /// Something done with files.
  private interface Step<T> {
    T take() throws Refused, FileException, InterruptedException;
  }

  private interface Action {
    void take() throws Refused, FileException, InterruptedException;
  }

  FsReadFile.Result readFile(FsReadFile params, Call call) throws Refused, InterruptedException {
    FileSystem files = files(params.sandbox());
    return told(() -> {
      checkReadable(params.path(), files.metadata(params.path()).size());
      ByteBuffer content = files.read(params.path());
      // It may have grown.
      checkReadable(params.path(), content.remaining());
      return new FsReadFile.Result(content);
    });
  }

  private static void checkReadable(Path file, long size) throws Refused {
    if (size > READ_LIMIT) {
      throw Refused.invalidRequest(
          "file is larger than " + READ_LIMIT + " bytes, to be read by fs/open: " + file);
    }
  }

  Done writeFile(FsWriteFile params, Call call) throws Refused, InterruptedException {
    FileSystem files = files(params.sandbox());
    return done(() -> files.write(params.path(), data(params)));
  }

  private static ByteBuffer data(FsWriteFile params) throws Refused {
    try {
      return params.data();
    } catch (IllegalArgumentException malformed) {
      throw Refused.invalidRequest(
          "fs/writeFile requires valid base64 dataBase64: " + malformed.getMessage());
    }
  }

  Done createDirectory(FsCreateDirectory params, Call call) throws Refused, InterruptedException {
    FileSystem files = files(params.sandbox());
    boolean parents = unlessGiven(params.recursive());
    return done(() -> files.createDirectory(params.path(), parents));
  }

  FileMetadata metadata(FsGetMetadata params, Call call) throws Refused, InterruptedException {
    FileSystem files = files(params.sandbox());
    return told(() -> files.metadata(params.path()));
  }

  FsCanonicalize.Result canonicalize(FsCanonicalize params, Call call)
      throws Refused, InterruptedException {
    FileSystem files = files(params.sandbox());
    return told(() -> new FsCanonicalize.Result(files.canonicalize(params.path())));
  }

  FsReadDirectory.Result readDirectory(FsReadDirectory params, Call call)
      throws Refused, InterruptedException {
    FileSystem files = files(params.sandbox());
    return told(() -> new FsReadDirectory.Result(files.list(params.path())));
  }

  WalkResult walk(FsWalk params, Call call) throws Refused, InterruptedException {
    FileSystem files = files(params.sandbox());
    return told(() -> files.walk(params.path(), params.options()));
  }

  Done remove(FsRemove params, Call call) throws Refused, InterruptedException {
    FileSystem files = files(params.sandbox());
    boolean recursive = unlessGiven(params.recursive());
    boolean force = unlessGiven(params.force());
    return done(() -> files.remove(params.path(), recursive, force));
  }

  Done copy(FsCopy params, Call call) throws Refused, InterruptedException {
    FileSystem files = files(params.sandbox());
    return done(() -> {
      if (!params.recursive() && isDirectory(params.sourcePath(), files)) {
        throw Refused.invalidRequest(
            "fs/copy requires recursive: true when sourcePath is a directory");
      }
      files.copy(params.sourcePath(), params.destinationPath(), params.recursive());
    });
  }

  /// What cannot be looked at is left to the copy, which says why.
  private static boolean isDirectory(Path path, FileSystem files) throws InterruptedException {
    try {
      FileMetadata metadata = files.metadata(path);
      return metadata.isDirectory() && !metadata.isSymlink();
    } catch (FileException _) {
      return false;
    }
  }

  FsOpen.Result open(FsOpen params, Call call) throws Refused, InterruptedException {
    FileSystem files = files(params.sandbox());
    OpenMode mode = params.mode() == null ? OpenMode.READ : params.mode();
    return told(() -> {
      call.connection().files().open(params.handleId(), () -> files.open(params.path(), mode));
      return new FsOpen.Result(params.handleId());
    });
  }

  FsReadBlock.Result readBlock(FsReadBlock params, Call call) throws Refused, InterruptedException {
    if (params.len() < 1 || params.len() > OpenFile.BLOCK_LIMIT) {
      throw blockLength("read");
    }
    int length = (int) params.len();
    ByteBuffer block =
        told(() ->
            call.connection()
                .files()
                .use(params.handleId(), file -> file.read(params.offset(), length)));
    return new FsReadBlock.Result(block, block.remaining() < length);
  }

  Done writeBlock(FsWriteBlock params, Call call) throws Refused, InterruptedException {
    int length = params.chunk().remaining();
    if (length < 1 || length > OpenFile.BLOCK_LIMIT) {
      throw blockLength("write");
    }
    OpenFiles open = call.connection().files();
    return told(() ->
        wholly(() ->
            open.use(
                params.handleId(),
                file -> {
                  file.write(params.offset(), params.chunk());
                  return new Done();
                })));
  }

  Done close(FsClose params, Call call) throws Refused {
    call.connection().files().close(params.handleId());
    return new Done();
  }

  private static Refused blockLength(String verb) {
    return Refused.invalidRequest(
        "file " + verb + " block length must be between 1 and " + OpenFile.BLOCK_LIMIT);
  }

  private static boolean unlessGiven(@Nullable Boolean value) {
    return value == null || value;
  }

  private static Done done(Action action) throws Refused, InterruptedException {
    return told(() ->
        wholly(() -> {
          action.take();
          return new Done();
        }));
  }

  /// Takes the step on a thread of its own, which ends with it, and waits for that.
  ///
  /// @throws InterruptedException when the caller no longer waits; the step goes on
  private static <T> T wholly(Step<T> step) throws Refused, FileException, InterruptedException {
    FutureTask<T> task = new FutureTask<>(step::take);
    Thread.ofVirtual().name("exec-file").start(task);
    try {
      return task.get();
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case Refused refused -> throw refused;
        case FileException failure -> throw failure;
        case InterruptedException interrupted -> throw interrupted;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(failed);
      }
    }
  }

  /// Says what went wrong in the words of this wire.
  private static <T> T told(Step<T> step) throws Refused, InterruptedException {
    try {
      return step.take();
    } catch (FileException failure) {
      @Nullable SystemError error = failure.error();
      String message = error == null ? String.valueOf(failure.getMessage()) : error.onTheWire();
      throw switch (failure.kind()) {
        case NOT_FOUND -> Refused.notFound(message);
        case MISUSED -> Refused.invalidRequest(message);
        case DENIED, FAILED -> Refused.failed(message);
      };
    }
  }
}
