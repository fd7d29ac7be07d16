package dev.codexlsp.exec.protocol;

import dev.codexlsp.exec.FileSystem.FileMetadata;
import dev.codexlsp.exec.FileSystem.WalkResult;
import dev.codexlsp.exec.protocol.Row.Notification;
import dev.codexlsp.exec.protocol.Row.Request;
import java.util.List;

/// Every method of the exec-server that we know, on one page.
public final class ExecMethods {
  private ExecMethods() {}

  public static final Request<Initialize, Initialize.Result> INITIALIZE =
      new Request<>("initialize", Family.SESSION, Initialize.class, Initialize.Result.class);

  public static final Notification<Initialized> INITIALIZED =
      new Notification<>("initialized", Initialized.class);

  public static final Request<EnvironmentInfo, EnvironmentInfo.Result> ENVIRONMENT_INFO =
      new Request<>(
          "environment/info",
          Family.ENVIRONMENT_INFO,
          EnvironmentInfo.class,
          EnvironmentInfo.Result.class);

  public static final Request<EnvironmentStatus, EnvironmentStatus.Result> ENVIRONMENT_STATUS =
      new Request<>(
          "environment/status",
          Family.ENVIRONMENT_STATUS,
          EnvironmentStatus.class,
          EnvironmentStatus.Result.class);

  public static final Request<ProcessStart, ProcessStart.Result> PROCESS_START =
      exec("process/start", ProcessStart.class, ProcessStart.Result.class);

  public static final Request<ProcessRead, ProcessRead.Result> PROCESS_READ =
      exec("process/read", ProcessRead.class, ProcessRead.Result.class);

  public static final Request<ProcessWrite, ProcessWrite.Result> PROCESS_WRITE =
      exec("process/write", ProcessWrite.class, ProcessWrite.Result.class);

  public static final Request<ProcessSignal, Done> PROCESS_SIGNAL =
      exec("process/signal", ProcessSignal.class, Done.class);

  public static final Request<ProcessTerminate, ProcessTerminate.Result> PROCESS_TERMINATE =
      exec("process/terminate", ProcessTerminate.class, ProcessTerminate.Result.class);

  public static final Request<ProcessResize, Done> PROCESS_RESIZE =
      exec("process/resize", ProcessResize.class, Done.class);

  public static final Notification<ProcessOutput> PROCESS_OUTPUT =
      new Notification<>("process/output", ProcessOutput.class);

  public static final Notification<ProcessExited> PROCESS_EXITED =
      new Notification<>("process/exited", ProcessExited.class);

  public static final Notification<ProcessClosed> PROCESS_CLOSED =
      new Notification<>("process/closed", ProcessClosed.class);

  public static final Request<FsReadFile, FsReadFile.Result> FS_READ_FILE =
      files("fs/readFile", FsReadFile.class, FsReadFile.Result.class);

  public static final Request<FsWriteFile, Done> FS_WRITE_FILE =
      files("fs/writeFile", FsWriteFile.class, Done.class);

  public static final Request<FsCreateDirectory, Done> FS_CREATE_DIRECTORY =
      files("fs/createDirectory", FsCreateDirectory.class, Done.class);

  public static final Request<FsGetMetadata, FileMetadata> FS_GET_METADATA =
      files("fs/getMetadata", FsGetMetadata.class, FileMetadata.class);

  public static final Request<FsCanonicalize, FsCanonicalize.Result> FS_CANONICALIZE =
      files("fs/canonicalize", FsCanonicalize.class, FsCanonicalize.Result.class);

  public static final Request<FsReadDirectory, FsReadDirectory.Result> FS_READ_DIRECTORY =
      files("fs/readDirectory", FsReadDirectory.class, FsReadDirectory.Result.class);

  public static final Request<FsWalk, WalkResult> FS_WALK =
      files("fs/walk", FsWalk.class, WalkResult.class);

  public static final Request<FsRemove, Done> FS_REMOVE =
      files("fs/remove", FsRemove.class, Done.class);

  public static final Request<FsCopy, Done> FS_COPY = files("fs/copy", FsCopy.class, Done.class);

  public static final Request<FsOpen, FsOpen.Result> FS_OPEN =
      files("fs/open", FsOpen.class, FsOpen.Result.class);

  public static final Request<FsReadBlock, FsReadBlock.Result> FS_READ_BLOCK =
      files("fs/readBlock", FsReadBlock.class, FsReadBlock.Result.class);

  public static final Request<FsWriteBlock, Done> FS_WRITE_BLOCK =
      files("fs/writeBlock", FsWriteBlock.class, Done.class);

  public static final Request<FsClose, Done> FS_CLOSE =
      files("fs/close", FsClose.class, Done.class);

  public static final Request<HttpRequest, HttpRequest.Result> HTTP_REQUEST =
      new Request<>("http/request", Family.HTTP, HttpRequest.class, HttpRequest.Result.class);

  public static final Notification<HttpBodyDelta> HTTP_BODY_DELTA =
      new Notification<>("http/request/bodyDelta", HttpBodyDelta.class);

  /// What a server answers.
  public static final List<Request<?, ?>> REQUESTS =
      List.of(
          INITIALIZE,
          ENVIRONMENT_INFO,
          ENVIRONMENT_STATUS,
          PROCESS_START,
          PROCESS_READ,
          PROCESS_WRITE,
          PROCESS_SIGNAL,
          PROCESS_TERMINATE,
          PROCESS_RESIZE,
          FS_READ_FILE,
          FS_WRITE_FILE,
          FS_CREATE_DIRECTORY,
          FS_GET_METADATA,
          FS_CANONICALIZE,
          FS_READ_DIRECTORY,
          FS_WALK,
          FS_REMOVE,
          FS_COPY,
          FS_OPEN,
          FS_READ_BLOCK,
          FS_WRITE_BLOCK,
          FS_CLOSE,
          HTTP_REQUEST);

  /// What a server tells; [#INITIALIZED] is all that a client tells.
  public static final List<Notification<?>> SERVER_NOTIFICATIONS =
      List.of(PROCESS_OUTPUT, PROCESS_EXITED, PROCESS_CLOSED, HTTP_BODY_DELTA);

  private static <P, R> Request<P, R> exec(String name, Class<P> params, Class<R> result) {
    return new Request<>(name, Family.EXEC, params, result);
  }

  private static <P, R> Request<P, R> files(String name, Class<P> params, Class<R> result) {
    return new Request<>(name, Family.FILESYSTEM, params, result);
  }
}
