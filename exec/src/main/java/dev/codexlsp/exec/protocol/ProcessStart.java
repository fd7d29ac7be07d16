package dev.codexlsp.exec.protocol;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Starts a process.
///
/// @param processId chosen by the client, unique in its session
/// @param argv executed without a shell
/// @param env the whole environment of the child; with an `envPolicy` what is laid over it
/// @param tty whether its streams are a terminal
/// @param pipeStdin whether there is an input to write to without a terminal
/// @param arg0 what the program sees as its own name; null for the first of `argv`
/// @param sandbox what the command may touch; null for everything
/// @param enforceManagedNetwork whether only a proxy of the server may be reached
public record ProcessStart(
    String processId,
    List<String> argv,
    Path cwd,
    Map<String, String> env,
    Boolean tty,
    boolean pipeStdin,
    @Nullable String arg0,
    @Nullable EnvPolicy envPolicy,
    @Nullable Payload sandbox,
    boolean enforceManagedNetwork,
    @Nullable Payload managedNetwork,
    @Nullable Payload networkProxy,
    @Nullable Metadata metadata) {

  /// The process that runs now.
  ///
  /// @param sandboxType what confines the process: `none`, `linuxSeccomp`; absent from older
  ///   servers
  public record Result(String processId, @Nullable String sandboxType) {}

  /// How the environment of the child is made from the server's, step by step in this order.
  ///
  /// @param ignoreDefaultExcludes false drops names that look like credentials
  /// @param exclude patterns of names to drop
  /// @param set what is added
  /// @param includeOnly patterns of names to keep, all when empty
  public record EnvPolicy(
      Inherit inherit,
      Boolean ignoreDefaultExcludes,
      List<String> exclude,
      Map<String, String> set,
      List<String> includeOnly) {}

  /// What the child gets of the server's environment to begin with.
  public enum Inherit {
    ALL,

    /// What hardly any program can do without.
    CORE,

    NONE
  }

  /// On whose behalf it runs, for telemetry only.
  public record Metadata(@Nullable String threadId, @Nullable String toolCallId) {}
}
