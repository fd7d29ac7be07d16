package dev.codexlsp.exec.local;

import dev.codexlsp.exec.local.ProcessTable.Entry;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One look at everything that other processes have open, for those that hold a stream of a command
/// which is to end. Owned by the launcher's thread.
///
/// On a machine with many processes it takes longer than the output of the other commands can wait,
/// so it goes on piece by piece, and all victims share it.
final class HolderSearch {
  private final ProcessTable table;
  private final List<PosixChild> victims;
  private final Map<String, PosixChild> owners = new HashMap<>();
  private final Iterator<Entry> processes;
  private final long began;

  /// Those with the fewest descriptors come first: most who were left behind have three, and when
  /// the time is short, as at a shutdown, they are found before it is over.
  private final PriorityQueue<Counted> counted =
      new PriorityQueue<>(Comparator.comparingLong(Counted::descriptors));

  /// What the process in hand has open, the part that was not looked at.
  private Iterator<Link> links = Collections.emptyIterator();

  private record Counted(Entry process, long descriptors) {}

  private record Link(Entry holder, Path path) {}

  /// @param table read a moment ago
  HolderSearch(ProcessTable table, Collection<PosixChild> victims) {
    this.table = table;
    this.victims = List.copyOf(victims);
    for (PosixChild victim : victims) {
      victim.look(table);
      victim.streamNames().forEach(name -> owners.put(name, victim));
    }
    began = victims.stream().mapToLong(PosixChild::began).min().orElse(Long.MAX_VALUE);
    processes =
        owners.isEmpty() ? Collections.emptyIterator() : table.processes().values().iterator();
  }

  List<PosixChild> victims() {
    return victims;
  }

  /// Goes on for so long. Returns true when all has been looked at.
  boolean advance(long nanos) {
    long start = System.nanoTime();
    do {
      if (links.hasNext()) {
        follow(links.next());
      } else if (processes.hasNext()) {
        count(processes.next());
      } else if (!counted.isEmpty()) {
        open(counted.remove().process());
      } else {
        return true;
      }
    } while (System.nanoTime() - start < nanos);
    return false;
  }

  private void count(Entry process) {
    // Few processes are left by this, and the server itself is none of them.
    if (process.startTime() >= began && victims.stream().noneMatch(one -> one.knows(process))) {
      // The kernel tells the number without naming them, since 6.2; before, there is no order.
      counted.add(new Counted(process, new File(folder(process)).length()));
    }
  }

  private void open(Entry process) {
    String folder = folder(process);
    // Null when it has ended, or is not ours to look into.
    String @Nullable [] names = new File(folder).list();
    if (names != null) {
      links = Stream.of(names).map(name -> new Link(process, Path.of(folder, name))).iterator();
    }
  }

  private static String folder(Entry process) {
    return "/proc/" + process.pid() + "/fd";
  }

  private void follow(Link link) {
    try {
      String name = Files.readSymbolicLink(link.path()).toString();
      @Nullable PosixChild owner = owners.get(name);
      if (owner != null && owner.isHeldBy(link.holder(), link.path(), name)) {
        owner.take(link.holder(), table);
        links = Collections.emptyIterator();
      }
    } catch (IOException _) {
      // It is closed meanwhile.
    }
  }
}
