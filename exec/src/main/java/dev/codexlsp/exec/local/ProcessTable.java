package dev.codexlsp.exec.local;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All processes of this machine that we can see, at one time, and who belongs to whom.
record ProcessTable(Map<Integer, Entry> processes) {
  private static final int MOST_BYTES = 1024;

  // What follows the name in /proc/PID/stat, counted from there.
  private static final int PARENT = 1;
  private static final int GROUP = 2;
  private static final int SESSION = 3;
  private static final int START_TIME = 19;

  ProcessTable {
    processes = Map.copyOf(processes);
  }

  /// One process, alive or not reaped yet. The pid may be somebody else's later, pid and start time
  /// together are not.
  ///
  /// @param session the pid of its leader, who may have ended
  /// @param startTime in ticks, of which there are a hundred in a second
  record Entry(int pid, int parent, int group, int session, long startTime) {
    boolean isSameAs(@Nullable Entry other) {
      return other != null && other.pid == pid && other.startTime == startTime;
    }

    boolean isWhereItWas(@Nullable Entry before) {
      return before != null
          && isSameAs(before)
          && before.group == group
          && before.session == session;
    }
  }

  /// Reads what the kernel tells without waiting for any of the processes. Empty where there is no
  /// `/proc`.
  static ProcessTable read() {
    Map<Integer, Entry> processes = new HashMap<>();
    String @Nullable [] names = new File("/proc").list();
    for (String name : names == null ? new String[0] : names) {
      if (Character.isDigit(name.charAt(0))) {
        @Nullable Entry entry = entry(Integer.parseInt(name));
        if (entry != null) {
          processes.put(entry.pid(), entry);
        }
      }
    }
    return new ProcessTable(processes);
  }

  /// Null when there is no such process.
  static @Nullable Entry entry(int pid) {
    // Five times as quick as the ways that ask for the size first; the kernel gives it in one
    // piece.
    try (InputStream stat = new FileInputStream("/proc/" + pid + "/stat")) {
      String text = new String(stat.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
      // The name stands in brackets and may hold anything, brackets included.
      String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
      return new Entry(
          pid,
          Integer.parseInt(fields[PARENT]),
          Integer.parseInt(fields[GROUP]),
          Integer.parseInt(fields[SESSION]),
          Long.parseLong(fields[START_TIME]));
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException _) {
      // The last two: it is none that we could understand, so none that we should signal.
      return null;
    }
  }

  /// Those of the members that still are, as they are now, and all that belong to them: whoever is
  /// the child of one or is in its session, and so on with each of these.
  ///
  /// @param since what began before does not belong to them
  Map<Integer, Entry> withKin(Collection<Entry> members, long since) {
    Map<Integer, Entry> kin = new HashMap<>();
    for (Entry member : members) {
      @Nullable Entry now = processes.get(member.pid());
      if (now != null && now.isSameAs(member)) {
        kin.put(member.pid(), now);
      }
    }
    List<Entry> others =
        processes.values().stream().filter(entry -> entry.startTime() >= since).toList();
    addKin(kin, others);
    return kin;
  }

  private static void addKin(Map<Integer, Entry> members, List<Entry> others) {
    int before;
    do {
      before = members.size();
      for (Entry entry : others) {
        if (members.containsKey(entry.parent()) || members.containsKey(entry.session())) {
          members.put(entry.pid(), entry);
        }
      }
    } while (members.size() > before);
  }
}
