package dev.codexlsp.exec.local;

import dev.codexlsp.exec.ExecException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The descriptors of the standard streams of one child while it is started: those that the child
/// gets, and those that we keep. Owned by the launcher's thread.
sealed interface ChildEnds permits PipeEnds, TerminalEnds {
  /// A descriptor that is not there.
  int NONE = -1;

  /// Puts the streams at 0, 1 and 2 of the child.
  void arrange(SpawnActions actions) throws ExecException;

  /// What the child opens for itself; null when it gets all that it needs.
  @Nullable Path terminal();

  /// The child has what is its own, or has not come to be.
  void closeTheirs();

  /// Nobody will use the streams.
  void closeOurs();

  /// Hands over the ends that we keep.
  ChildStreams streams(EventQueue events, Runnable wake);
}
