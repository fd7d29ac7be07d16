package dev.codexlsp.exec.local;

import dev.codexlsp.exec.local.ProcessTable.Entry;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// A child, its group, and those that have left it; everything that is done to them by number.
/// Owned by the launcher's thread.
///
/// The group is signalled only while the child is not reaped. Until then, dead or alive, it holds
/// its pid, so neither the pid nor the group of that number can be given to anybody else, and a
/// signal cannot hit a stranger. Who has left the group is signalled alone, by a descriptor of the
/// process, after a look that it is still the one that was found.
///
/// Who is [found][#find]: the whole session of the child; its descendants, as long as every parent
/// between is alive; those that hold its pipes or its terminal; and the descendants of all these,
/// and the sessions that they lead. Who is not: one that has left the session, has let go of the
/// streams and has lost its parent, which are the three things that a daemon does on purpose; and
/// one that runs as another user, if we may not signal that one.
final class Family {
  private final Libc libc;
  private final int leader;
  private final Map<Integer, Entry> known = new HashMap<>();

  /// True while the pid is ours: the child is not reaped.
  private boolean holdsPid = true;

  Family(Libc libc, int leader) {
    this.libc = libc;
    this.leader = leader;
  }

  /// Looks for members. Once found, one stays a member though its parents die and it changes its
  /// session.
  ///
  /// @param streams those of the child, by which their holders are found
  /// @return true when there was one that was not known
  boolean find(ProcessTable table, ChildStreams streams) {
    Set<String> names = streams.names();
    Map<Integer, Entry> members =
        table.family(leader, known.values(), entry -> holds(entry.pid(), names, streams));
    members.remove(leader);
    boolean news = !known.keySet().containsAll(members.keySet());
    known.clear();
    known.putAll(members);
    return news;
  }

  private static boolean holds(int pid, Set<String> names, ChildStreams streams) {
    try (DirectoryStream<Path> fds = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
      for (Path fd : fds) {
        String name = target(fd);
        if (names.contains(name) && streams.isHeldBy(fd, name)) {
          return true;
        }
      }
    } catch (IOException | DirectoryIteratorException _) {
      // It has ended, or is not ours to look into.
    }
    return false;
  }

  private static String target(Path fd) {
    try {
      return Files.readSymbolicLink(fd).toString();
    } catch (IOException _) {
      return "";
    }
  }

  /// Signals the group, and each of those that were found outside of it.
  void signal(int signal) {
    signalGroup(signal);
    for (Entry entry : known.values()) {
      if (entry.group() != leader) {
        signal(entry, signal);
      }
    }
  }

  void signalGroup(int signal) {
    if (holdsPid) {
      libc.kill(-leader, signal);
    }
  }

  private void signal(Entry entry, int signal) {
    int pidfd = libc.pidfd_open(entry.pid());
    if (pidfd >= 0) {
      // What the descriptor holds cannot change any more, so this look is good for the next call.
      if (entry.isSameAs(ProcessTable.entry(entry.pid()))) {
        libc.pidfd_send_signal(pidfd, signal);
      }
      libc.close(pidfd);
    }
  }

  /// Somebody else has reaped the child, and the pid is gone.
  void lose() {
    holdsPid = false;
  }

  /// The end: from here on the number means nothing.
  ///
  /// @param waiting whether to, as for `waitid`
  void reap(MemorySegment buffer, int waiting) {
    if (holdsPid) {
      holdsPid = false;
      libc.waitid(Libc.P_PID, leader, buffer, Libc.WEXITED | waiting);
    }
  }
}
