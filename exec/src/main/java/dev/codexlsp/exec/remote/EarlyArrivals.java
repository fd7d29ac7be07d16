package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.remote.Arrival.End;
import dev.codexlsp.exec.remote.Arrival.Exit;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The events of one process that cannot be told yet, because one before them is missing. Belongs
/// to its [EventOrder].
final class EarlyArrivals {
  /// An exit that nobody saw.
  static final int UNKNOWN_EXIT = -1;

  private final NavigableMap<Long, Arrival> arrivals = new TreeMap<>();
  private long bytes;

  boolean isEmpty() {
    return arrivals.isEmpty();
  }

  boolean holds(long sequence) {
    return arrivals.containsKey(sequence);
  }

  /// More than may wait.
  boolean isOverfull() {
    return arrivals.size() > EventOrder.EVENT_LIMIT || bytes > EventOrder.BYTE_LIMIT;
  }

  @Nullable Arrival get(long sequence) {
    return arrivals.get(sequence);
  }

  void keep(Arrival arrival) {
    bytes += arrival.size() - size(arrivals.put(arrival.sequence(), arrival));
  }

  void remove(Arrival arrival) {
    bytes -= size(arrivals.remove(arrival.sequence()));
  }

  void clear() {
    arrivals.clear();
    bytes = 0;
  }

  /// Whether one of the numbers after `last` and up to `through` has not come.
  boolean isAnyMissing(long last, long through) {
    return through - last > arrivals.headMap(through, true).size();
  }

  /// The first number that has come and is not beyond the one given; null when there is none.
  @Nullable Long firstUpTo(long through) {
    Long first = arrivals.isEmpty() ? null : arrivals.firstKey();
    return first != null && first <= through ? first : null;
  }

  /// Finds the exit its place among the chunks of a read, which tells of it but not its number: it
  /// is the first that nothing else has, and before the end.
  ///
  /// @param last everything up to this number has been told
  void placeExit(Retained retained, long last) {
    Exit known = first(Exit.class);
    boolean denied =
        Boolean.TRUE.equals(retained.denied())
            || (known != null && Boolean.TRUE.equals(known.denied()));
    if (known != null) {
      keep(new Exit(known.sequence(), known.code(), denied));
      return;
    }
    End end = first(End.class);
    if (end == null && !retained.exited()) {
      return;
    }
    int code = retained.exitCode() == null ? UNKNOWN_EXIT : retained.exitCode();
    long free = last + 1;
    while (holds(free)) {
      free++;
    }
    if (end != null && end.sequence() < free) {
      keep(new Exit(end.sequence(), code, denied));
      keep(new End(free));
    } else {
      keep(new Exit(free, code, denied));
    }
  }

  /// The same for the end, which has the greatest number.
  ///
  /// @param through the last number that the read covers
  void placeEnd(long last, long through) {
    if (first(End.class) == null) {
      boolean isFree = through > last && !holds(through);
      long greatest = arrivals.isEmpty() ? last : arrivals.lastKey();
      keep(new End(isFree ? through : greatest + 1));
    }
  }

  private <T extends Arrival> @Nullable T first(Class<T> kind) {
    for (Arrival arrival : arrivals.values()) {
      if (kind.isInstance(arrival)) {
        return kind.cast(arrival);
      }
    }
    return null;
  }

  private static int size(@Nullable Arrival arrival) {
    return arrival == null ? 0 : arrival.size();
  }
}
