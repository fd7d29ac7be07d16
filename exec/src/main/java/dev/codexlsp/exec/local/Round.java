package dev.codexlsp.exec.local;

import java.lang.foreign.MemorySegment;

/// One round of the launcher's thread: what `poll` found, the time, and memory that anybody may use
/// until he returns.
///
/// @param now nanoseconds since the thread began
record Round(PollSet polls, MemorySegment buffer, long now) {
  /// The time of a timer that is not set.
  static final long NEVER = Long.MAX_VALUE;
}
