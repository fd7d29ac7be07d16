package dev.codexlsp.exec.local;

import dev.codexlsp.exec.local.ProcessTable.Entry;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A child, its group, and those that have left it; everything that is done to them by number.
/// Owned by the launcher's thread.
///
/// The group is signalled only while the child is not reaped. Until then, dead or alive, it holds
/// its pid, so neither the pid nor the group of that number can be given to anybody else, and a
/// signal cannot hit a stranger. The others are signalled one by one, by a descriptor of the
/// process, after a look that it is still the one that was found.
///
/// Who is found: the whole session of the child; its descendants, as long as every parent between
/// is alive; those that hold its pipes or its terminal (the [HolderSearch] looks for them); and the
/// descendants of all these, and the sessions that they lead. Who is not: one that has left the
/// session, has let go of the streams and has lost its parent, which are the three things that a
/// daemon does on purpose; one that holds the streams and began before the child; one that forks
/// faster than a few looks can follow; one that runs as another user, if we may not signal that
/// one; and, as nothing can be sent to it without a descriptor of ours, one that is found while
/// this process has none left.
final class Family {
  private static final int NOTHING = 0;

  private final Libc libc;
  private final int leader;
  private final Leader role;
  private final Map<Integer, Entry> known = new HashMap<>();

  /// The start of the child; before it was seen, nobody began late enough to belong to it.
  private long began = Long.MAX_VALUE;

  /// True while the pid is ours: the child is not reaped.
  private boolean holdsPid = true;

  /// What was sent last, for those that are found later.
  private int sent = NOTHING;

  /// What the child is to the others.
  enum Leader {
    /// The command itself.
    COMMAND,

    /// It keeps the command in its limits, and what it keeps ends with it at once. So it is not
    /// asked to end or interrupted: the others are, who have all descended from it and cannot
    /// leave.
    KEEPER
  }

  Family(Libc libc, int leader) {
    this(libc, leader, Leader.COMMAND);
  }

  Family(Libc libc, int leader, Leader role) {
    this.libc = libc;
    this.leader = leader;
    this.role = role;
  }

  /// Looks for members by kinship. Once found, one stays a member though its parents die and it
  /// changes its session. Those that are new are sent what the others were sent.
  ///
  /// @return true when there was one that was not known, or that was in another group or session
  boolean look(ProcessTable table) {
    List<Entry> members = new ArrayList<>(known.values());
    @Nullable Entry first = holdsPid ? table.processes().get(leader) : null;
    if (first != null) {
      began = first.startTime();
      members.add(first);
    }
    known.keySet().retainAll(table.processes().keySet());
    return add(table.withKin(members, began));
  }

  /// Takes in one that was found to hold a stream, and its kin, as [#look] does.
  boolean take(Entry holder, ProcessTable table) {
    return add(table.withKin(List.of(holder), began));
  }

  private boolean add(Map<Integer, Entry> members) {
    boolean news = false;
    for (Entry entry : members.values()) {
      if (entry.pid() != leader && !entry.isWhereItWas(known.put(entry.pid(), entry))) {
        news = true;
        if (sent != NOTHING) {
          signal(entry, sent);
        }
      }
    }
    return news;
  }

  boolean knows(Entry entry) {
    return entry.pid() == leader || entry.isSameAs(known.get(entry.pid()));
  }

  /// When the child began, which is before all of its family did.
  long began() {
    return began;
  }

  /// Asks the group, and each of those that are outside of it, to end.
  void terminate() {
    sent = Libc.SIGTERM;
    switch (role) {
      case COMMAND -> {
        signalGroup(sent);
        known.values().stream()
            .filter(entry -> entry.group() != leader)
            .forEach(entry -> signal(entry, sent));
      }
      case KEEPER -> known.values().forEach(entry -> signal(entry, sent));
    }
  }

  /// What Ctrl-C does where there is no terminal.
  void interrupt() {
    switch (role) {
      case COMMAND -> signalGroup(Libc.SIGINT);
      case KEEPER -> {
        look(ProcessTable.read());
        known.values().forEach(entry -> signal(entry, Libc.SIGINT));
      }
    }
  }

  /// Kills the group, and every member by itself, as it may have left the group since the look.
  void kill() {
    sent = Libc.SIGKILL;
    signalGroup(sent);
    known.values().forEach(entry -> signal(entry, sent));
  }

  private void signalGroup(int signal) {
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

  /// Somebody else has reaped the child, and the pid is gone: from here on only those that are
  /// known are members, and their kin.
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
