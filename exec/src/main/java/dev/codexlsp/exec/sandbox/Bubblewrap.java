package dev.codexlsp.exec.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The arguments of bubblewrap that make a [Confinement] of name spaces and mounts.
public final class Bubblewrap {
  /// Devices and processes of its own. Who is root inside is so outside, too, as far as files go:
  /// the switches of the kernel are files of root.
  static final List<String> KERNEL_FILES =
      List.of(
          "--dev",
          "/dev",
          "--proc",
          "/proc",
          "--ro-bind",
          "/proc/sys",
          "/proc/sys",
          "--ro-bind-try",
          "/proc/sysrq-trigger",
          "/proc/sysrq-trigger",
          "--ro-bind-try",
          "/proc/irq",
          "/proc/irq",
          "--ro-bind-try",
          "/proc/bus",
          "/proc/bus",
          "--ro-bind-try",
          "/proc/fs",
          "/proc/fs",
          "--ro-bind-try",
          "/proc/acpi",
          "/proc/acpi",
          "--ro-bind-try",
          "/proc/scsi",
          "/proc/scsi");

  private static final List<Path> OWN_MOUNTS = List.of(Path.of("/dev"), Path.of("/proc"));

  /// As many words as bubblewrap takes.
  private static final int MOST_WORDS = 9000;

  private Bubblewrap() {}

  /// What bubblewrap is told.
  ///
  /// @param words its options, without the command
  /// @param mountPoints empty folders that must be there when it starts, and be removed when the
  ///   command has ended
  public record Arguments(List<String> words, List<Path> mountPoints) {
    public Arguments {
      words = List.copyOf(words);
      mountPoints = List.copyOf(mountPoints);
    }
  }

  /// What is to be told about a command, besides what it may touch.
  ///
  /// @param seccomp the descriptor from which the filter is read
  /// @param status the descriptor on which bubblewrap tells how things went
  public record Command(Path directory, Map<String, String> environment, int seccomp, int status) {
    public Command {
      environment = Map.copyOf(environment);
    }
  }

  /// Every command gets a session of its own, so that it cannot type into a terminal of ours; one
  /// that is to have a terminal takes it as its own in there.
  ///
  /// @throws UnconfinableException when the limits cannot be kept as things are on the disk
  public static Arguments arguments(Confinement confinement, PathFacts facts, Command command)
      throws UnconfinableException {
    MountPlan.Mounts mounts = MountPlan.of(FileAccess.of(confinement), facts);
    List<String> words = new ArrayList<>();
    words.addAll(List.of("--new-session", "--die-with-parent"));
    words.addAll(List.of("--unshare-user", "--unshare-pid", "--unshare-ipc"));
    if (!confinement.hasNetwork()) {
      words.add("--unshare-net");
    }
    words.addAll(mounts.words());
    words.addAll(List.of("--cap-drop", "ALL"));
    words.addAll(List.of("--chdir", command.directory().toString()));
    words.addAll(List.of("--seccomp", Integer.toString(command.seccomp())));
    words.addAll(List.of("--json-status-fd", Integer.toString(command.status())));
    new TreeMap<>(command.environment())
        .forEach((name, value) -> words.addAll(List.of("--setenv", name, value)));
    if (words.size() > MOST_WORDS) {
      throw new UnconfinableException(
          "too many variables and protected paths: " + words.size() + " words");
    }
    return new Arguments(words, mounts.mountPoints());
  }

  static boolean isOwnMount(Path path) {
    return OWN_MOUNTS.contains(path);
  }
}
