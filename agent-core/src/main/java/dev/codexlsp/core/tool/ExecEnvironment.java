package dev.codexlsp.core.tool;

import dev.codexlsp.core.config.EnvironmentsConfig;
import dev.codexlsp.exec.ExecBackend;
import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Stdio;
import dev.codexlsp.exec.TerminalSize;
import dev.codexlsp.exec.sandbox.Confinement;
import dev.codexlsp.exec.sandbox.PermissionProfile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A place where the commands of a turn can run. Any thread may call it.
public sealed interface ExecEnvironment {

  /// As the configuration and clients name it.
  String id();

  ExecBackend backend();

  /// The shell that commands there are written for; finding it out may take a connection.
  UserShell shell() throws ExecException, InterruptedException;

  /// The same, if it is known without asking anybody.
  @Nullable UserShell knownShell();

  /// A command as it has to be started there.
  ///
  /// @param tty whether it runs at a terminal
  ProcessSpec command(List<String> argv, Path directory, ChildEnvironment child, boolean tty);

  private static Stdio stdio(boolean tty) {
    return tty ? new Stdio.Terminal(TerminalSize.DEFAULT) : Stdio.NO_INPUT;
  }

  /// What a command or a change of files is confined to there.
  ///
  /// @param directory of the command
  /// @param roots the project roots of the rules
  Confinement confinement(PermissionProfile.Managed profile, Path directory, List<Path> roots);

  /// This machine.
  ///
  /// @param variables the environment of this process
  /// @param ownFiles what no command may write besides our program: our home folder
  record Local(
      ExecBackend backend, UserShell shell, Map<String, String> variables, List<Path> ownFiles)
      implements ExecEnvironment {
    public Local {
      ownFiles = List.copyOf(ownFiles);
      variables = Map.copyOf(variables);
    }

    @Override
    public String id() {
      return EnvironmentsConfig.LOCAL;
    }

    @Override
    public UserShell knownShell() {
      return shell;
    }

    @Override
    public ProcessSpec command(
        List<String> argv, Path directory, ChildEnvironment child, boolean tty) {
      return new ProcessSpec(argv, null, directory, child.over(variables), stdio(tty));
    }

    @Override
    public Confinement confinement(
        PermissionProfile.Managed profile, Path directory, List<Path> roots) {
      String tmpdir = variables.getOrDefault("TMPDIR", "");
      return new Confinement(
          profile, directory, roots, tmpdir.startsWith("/") ? Path.of(tmpdir) : null, ownFiles);
    }
  }

  /// Another one, of whose environment nothing is known here: a command inherits it there.
  final class Remote implements ExecEnvironment {
    private final String id;
    private final ExecBackend backend;
    private volatile @Nullable UserShell shell;

    Remote(String id, ExecBackend backend) {
      this.id = id;
      this.backend = backend;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public ExecBackend backend() {
      return backend;
    }

    @Override
    public UserShell shell() throws ExecException, InterruptedException {
      UserShell found = new UserShell(backend.surroundings().shell().toString());
      shell = found;
      return found;
    }

    @Override
    public @Nullable UserShell knownShell() {
      return shell;
    }

    @Override
    public ProcessSpec command(
        List<String> argv, Path directory, ChildEnvironment child, boolean tty) {
      return new ProcessSpec(argv, null, directory, child.added(), stdio(tty), child.inheritance());
    }

    /// What its `TMPDIR` is and where its own files are, only the place knows.
    @Override
    public Confinement confinement(
        PermissionProfile.Managed profile, Path directory, List<Path> roots) {
      return new Confinement(profile, directory, roots, null, List.of());
    }
  }
}
