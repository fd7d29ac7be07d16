package dev.codexlsp.core.command;

import java.util.Set;
import java.util.regex.Pattern;

/// Programs that run what they are given: another program, a script, or both.
final class Launchers {
  private static final Set<String> STARTERS =
      Set.of(
          "sudo",
          "doas",
          "run0",
          "pkexec",
          "su",
          "runuser",
          "env",
          "nohup",
          "timeout",
          "nice",
          "ionice",
          "chrt",
          "taskset",
          "command",
          "exec",
          "builtin",
          "eval",
          "time",
          "xargs",
          "parallel",
          "stdbuf",
          "unbuffer",
          "setsid",
          "setarch",
          "linux32",
          "linux64",
          "chroot",
          "unshare",
          "nsenter",
          "busybox",
          "toybox",
          "watch",
          "strace",
          "ltrace",
          "script",
          "flock",
          "find",
          "fd",
          "entr",
          "caffeinate",
          "systemd-run",
          "dbus-run-session",
          "ssh-agent",
          "firejail",
          "bwrap",
          "numactl",
          "trap",
          "alias",
          "coproc",
          "noglob",
          "nocorrect",
          "repeat",
          "catchsegv",
          "gtimeout",
          "gxargs",
          "gfind",
          "genv",
          "prlimit",
          "setpriv",
          "capsh",
          "start-stop-daemon",
          "ssh",
          "fakeroot",
          "chronic",
          "hyperfine",
          "perf",
          "valgrind",
          "rlwrap",
          "source",
          ".");

  private static final Set<String> SHELLS =
      Set.of("sh", "bash", "zsh", "dash", "ksh", "mksh", "ash", "fish", "csh", "tcsh", "rbash");

  /// With a version behind the name, such as `python3.12`.
  private static final Pattern INTERPRETER =
      Pattern.compile(
          "(python|pypy|py|pythonw|pyw|node|nodejs|deno|bun|perl|ruby|php|lua|luajit|tclsh|wish|"
              + "expect|osascript|pwsh|powershell|R|Rscript|irb|julia|groovy|jshell|guile|"
              + "emacs|vim|vi|nvim|ed|ex|gdb|lldb)[0-9.]*(\\.exe)?");

  private Launchers() {}

  /// Whether a word that follows may be a program of its own.
  static boolean isStarter(String name) {
    return STARTERS.contains(name);
  }

  static boolean isShell(String name) {
    return SHELLS.contains(name);
  }

  /// Whether further words may be code in any language.
  static boolean isInterpreter(String name) {
    return isShell(name) || INTERPRETER.matcher(name).matches();
  }
}
