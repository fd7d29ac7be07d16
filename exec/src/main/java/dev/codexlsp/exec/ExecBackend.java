package dev.codexlsp.exec;

import dev.codexlsp.exec.sandbox.Confinement;
import org.jspecify.annotations.Nullable;

/// A place where commands can run.
///
/// Any thread may call it. Implementations keep every process they started in one registry, so that
/// [#close] leaves nothing running.
public interface ExecBackend extends AutoCloseable {

  /// Starts a command, in a session and process group of its own where the place can give it one.
  ///
  /// @throws ExecException when the command never ran; the message names the program or the
  ///   directory
  /// @throws SandboxUnavailableException when it is to be confined and cannot be
  /// @throws InterruptedException when the caller no longer waits; what runs by then is terminated
  ExecProcess start(ProcessSpec spec) throws ExecException, InterruptedException;

  /// The files of this place.
  FileSystem files();

  /// The files of this place as far as a confinement lets them be touched. Where nobody can be kept
  /// to it, every call fails.
  ///
  /// @param sandbox null for no limits
  FileSystem files(@Nullable Confinement sandbox);

  /// Begins to find out how commands can be confined there, where that is known here only after a
  /// try, so that the first one need not wait. Returns at once.
  default void prepareSandbox() {}

  /// What this place is like, which may take a connection to find out.
  Surroundings surroundings() throws ExecException, InterruptedException;

  /// Kills every process group that is still alive and gives back what the backend holds, within
  /// 1.5 s. Consumers are still told how each process ended; later starts are refused.
  @Override
  void close();
}
