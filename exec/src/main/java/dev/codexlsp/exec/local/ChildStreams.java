package dev.codexlsp.exec.local;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Our ends of the standard streams of one child. Owned by the launcher's thread, but for the
/// [#input] queue, which any thread may fill.
final class ChildStreams {
  private final List<OutputPipe> outputs;
  private final @Nullable InputPipe input;
  private final @Nullable Terminal terminal;

  /// @param input null for a child that has nothing to read
  /// @param terminal null for a child that has none
  ChildStreams(List<OutputPipe> outputs, @Nullable InputPipe input, @Nullable Terminal terminal) {
    this.outputs = List.copyOf(outputs);
    this.input = input;
    this.terminal = terminal;
  }

  /// See [InputPipe#writeNow].
  boolean writeNow(byte[] line, MemorySegment buffer) {
    return input == null || input.writeNow(line, buffer);
  }

  /// Null when there is none. Not to be used after the end.
  @Nullable Terminal terminal() {
    return terminal;
  }

  @Nullable InputQueue input() {
    return input == null ? null : input.queue();
  }

  /// What `/proc` calls them, at the ends of whoever holds them; without those that are closed,
  /// whose names may be somebody else's by now.
  Set<String> names() {
    Set<String> names = new HashSet<>();
    if (terminal != null) {
      add(terminal.name(), names);
      return names;
    }
    outputs.forEach(output -> addName(output.descriptor(), names));
    if (input != null) {
      addName(input.descriptor(), names);
    }
    return names;
  }

  private static void add(@Nullable String name, Set<String> names) {
    if (name != null) {
      names.add(name);
    }
  }

  /// Whether a link of `/proc/PID/fd` leads to one of them.
  ///
  /// @param name what the link reads
  boolean isHeldBy(Path link, String name) {
    return names().contains(name) && (terminal == null || terminal.isBehind(link));
  }

  private static void addName(int fd, Set<String> names) {
    try {
      names.add(Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).toString());
    } catch (IOException _) {
      // It is closed, so nobody is to be found by it.
    }
  }

  /// @param now as in [Round#now]
  void watch(PollSet polls, long now) {
    outputs.forEach(output -> output.watch(polls, now));
    if (input != null) {
      input.watch(polls);
    }
  }

  /// Moves what can be moved without waiting.
  void advance(Round round) {
    outputs.forEach(output -> output.readIfReady(round));
    if (input != null) {
      input.writeIfReady(round);
    }
  }

  /// See [OutputPipe#nextTimer].
  long nextTimer(long now) {
    return outputs.stream().mapToLong(output -> output.nextTimer(now)).min().orElse(Round.NEVER);
  }

  /// See [OutputPipe#readIfPaused].
  void readPaused(MemorySegment buffer) {
    outputs.forEach(output -> output.readIfPaused(buffer));
  }

  /// True when nobody holds an output any more, so that all there was has been read.
  boolean haveEnded() {
    return outputs.stream().allMatch(OutputPipe::hasEnded);
  }

  /// Takes what the outputs hold now, and closes all.
  void drainAndClose(MemorySegment buffer) {
    outputs.forEach(output -> output.drainAndClose(buffer));
    if (input != null) {
      input.close();
    }
    if (terminal != null) {
      terminal.close();
    }
  }
}
