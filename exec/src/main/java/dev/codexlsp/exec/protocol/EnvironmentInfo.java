package dev.codexlsp.exec.protocol;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks what the place is like.
public record EnvironmentInfo() {

  /// Only the shell is needed; servers say more or less of the rest.
  ///
  /// @param executorVersion the version of the server
  /// @param cwd where the server was started
  /// @param platformOs `linux`, `macos`
  public record Result(
      Shell shell,
      @Nullable String executorVersion,
      @Nullable String providerId,
      @Nullable Path cwd,
      @Nullable Path userHomeDir,
      @Nullable String platformOs,
      @Nullable List<Path> prependPathDirs,
      @Nullable List<Path> temporaryDirectories,
      @Nullable Path tempDir,
      @Nullable Capabilities capabilities) {}

  /// The user's shell.
  ///
  /// @param name `bash`, `zsh`, `sh`
  /// @param path as the system there writes it: the one path of this wire that is no URI
  public record Shell(String name, String path) {}

  /// What a server has beyond the methods that all servers have; what it does not name it has not.
  ///
  /// @param httpHeaderEnvVars see [HttpRequest.Header]
  /// @param fileWriteStreaming `fs/open` can replace a file and `fs/writeBlock` fills it
  /// @param processResize `process/resize`, which the original does not have
  public record Capabilities(
      boolean httpHeaderEnvVars, boolean fileWriteStreaming, boolean processResize) {}
}
