package dev.codexlsp.exec.sandbox;

import dev.codexlsp.exec.sandbox.FileAccess.Grant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The limits as macOS takes them: the text of a profile, and the paths in it as parameters, so
/// that no name of a file is ever read as a part of the profile. Of the rules there the last one
/// that holds decides, so folders come before what lies in them.
public final class Seatbelt {
  private static final String BASE =
      """
      (version 1)
      (deny default)
      (allow process-exec)
      (allow process-fork)
      (allow signal (target same-sandbox))
      (allow process-info* (target same-sandbox))
      (allow sysctl-read)
      (allow mach-lookup
        (global-name "com.apple.system.opendirectoryd.libinfo")
        (global-name "com.apple.PowerManagement.control"))
      (allow ipc-posix-sem)
      (allow pseudo-tty)
      (allow file-read* file-write* file-ioctl (literal "/dev/ptmx") (regex #"^/dev/ttys[0-9]+$"))
      (allow file-write-data (require-all (path "/dev/null") (vnode-type CHARACTER-DEVICE)))
      """;

  /// Unix sockets stay closed: what listens on them acts for the user.
  private static final String NETWORK =
      """
      (allow network-outbound (remote ip))
      (allow network-inbound (local ip))
      (allow network-bind (local ip))
      (allow system-socket (require-all (socket-domain AF_ROUTE) (socket-protocol 0)))
      (allow mach-lookup
        (global-name "com.apple.SecurityServer")
        (global-name "com.apple.networkd")
        (global-name "com.apple.trustd.agent")
        (global-name "com.apple.SystemConfiguration.configd"))
      """;

  private final StringBuilder text = new StringBuilder(BASE);
  private final List<String> parameters = new ArrayList<>();

  private Seatbelt() {}

  /// What `sandbox-exec` is told before the command.
  ///
  /// @param facts what was found on the disk
  public static List<String> arguments(Confinement confinement, PathFacts facts) {
    Seatbelt profile = new Seatbelt();
    FileAccess rules = FileAccess.of(confinement);
    List<Grant> grants = new ArrayList<>(rules.grants());
    grants.sort(
        Comparator.<Grant>comparingInt(grant -> grant.path().getNameCount())
            .thenComparing(Grant::access)
            .thenComparing(Grant::path));
    grants.forEach(profile::add);
    rules.untouchable().forEach(path -> profile.rule("deny file-write*", path));
    facts.untouchable().forEach(path -> profile.rule("deny file-write*", path));
    rules.unreadable().forEach(path -> profile.rule("deny file-read* file-write*", path));
    facts.unreadable().forEach(path -> profile.rule("deny file-read* file-write*", path));
    if (confinement.hasNetwork()) {
      profile.text.append(NETWORK);
    }
    List<String> arguments = new ArrayList<>(List.of("-p", profile.text.toString()));
    arguments.addAll(profile.parameters);
    return List.copyOf(arguments);
  }

  private void add(Grant grant) {
    switch (grant.access()) {
      case READ -> {
        rule("allow file-read*", grant.path());
        rule("deny file-write*", grant.path());
      }
      case WRITE -> rule("allow file-read* file-write*", grant.path());
      case NONE -> rule("deny file-read* file-write*", grant.path());
    }
  }

  private void rule(String verdict, Path path) {
    String name = "PATH_" + parameters.size();
    parameters.add("-D" + name + "=" + path);
    text.append('(').append(verdict).append(" (subpath (param \"").append(name).append("\")))\n");
  }
}
