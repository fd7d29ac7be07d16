package dev.codexlsp.exec.local;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Ends commands with all that they have started. Owned by the launcher's thread.
///
/// Who belongs to them by kinship is read from one table, and signalled at once. Then the others
/// are looked for, [a piece][#PIECE_NANOS] in each round, so that every other command is served
/// meanwhile; and after a KILL again, as long as there are some who were born between the look and
/// the signal.
final class Sweep {
  private static final long PIECE_NANOS = 20_000_000;

  /// To be looked for when the search under way is over.
  private final Set<PosixChild> waiting = new LinkedHashSet<>();

  private @Nullable HolderSearch search;

  void begin(Collection<PosixChild> terminating, Collection<PosixChild> killing, long now) {
    if (terminating.isEmpty() && killing.isEmpty()) {
      return;
    }
    ProcessTable table = ProcessTable.read();
    terminating.forEach(child -> child.terminate(table, now));
    killing.forEach(child -> child.kill(table, now));
    waiting.addAll(terminating);
    waiting.addAll(killing);
  }

  void advance() {
    if (search == null && !waiting.isEmpty()) {
      search = new HolderSearch(ProcessTable.read(), waiting);
      waiting.clear();
    }
    if (search != null && search.advance(PIECE_NANOS)) {
      search.victims().stream().filter(PosixChild::isToBeSearchedAgain).forEach(waiting::add);
      search = null;
    }
  }

  boolean isAtWork() {
    return search != null || !waiting.isEmpty();
  }

  boolean isAtWorkFor(PosixChild child) {
    return waiting.contains(child) || (search != null && search.victims().contains(child));
  }
}
