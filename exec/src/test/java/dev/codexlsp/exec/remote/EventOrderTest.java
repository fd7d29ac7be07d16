package dev.codexlsp.exec.remote;

import static dev.codexlsp.exec.remote.Play.chunk;
import static dev.codexlsp.exec.remote.Play.closed;
import static dev.codexlsp.exec.remote.Play.exited;
import static dev.codexlsp.exec.remote.Play.play;
import static dev.codexlsp.exec.remote.Play.running;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What comes through one connection.
class EventOrderTest {
  private static final String GONE =
      "lost: a part of its output is lost: the exec-server no longer retains it";

  static Stream<Arguments> plays() {
    return Stream.of(whole(), recovered(), ignored()).flatMap(plays -> plays);
  }

  private static Stream<Arguments> whole() {
    return Stream.of(
        play("in order", p -> p.out(1, "a").exit(2, 0, false).closed(3), "a", "exit 0", "closed"),
        play(
            "backwards",
            p -> p.closed(4).exit(3, 0, false).out(2, "b").out(1, "a"),
            "a",
            "b",
            "exit 0",
            "closed"),
        play(
            "output after the exit",
            p -> p.out(1, "a").exit(2, 17, false).out(3, "b").closed(4),
            "a",
            "exit 17",
            "b",
            "closed"),
        play(
            "numbers that come twice",
            p -> p.out(1, "a").out(1, "A").out(3, "c").out(3, "C").out(2, "b").out(2, "B"),
            "a",
            "b",
            "c"),
        play(
            "nothing after the end",
            p -> p.exit(1, 0, false).closed(2).out(3, "late").closed(4),
            "exit 0",
            "closed"));
  }

  private static Stream<Arguments> recovered() {
    return Stream.of(
        play(
            "a gap that closes in time",
            p -> p.out(1, "a").out(3, "c").passed(1499).out(2, "b"),
            "a",
            "b",
            "c"),
        play(
            "a gap that does not",
            p ->
                p.out(1, "a")
                    .exit(3, 0, false)
                    .closed(4)
                    .passed(1500)
                    .answer(closed(5, 0, false, chunk(2, "b"))),
            "a",
            "read MISSING after 1",
            "b",
            "exit 0",
            "closed"),
        play(
            "progress gives a gap new time",
            p -> p.out(2, "b").out(4, "d").passed(1400).out(1, "a").passed(1400).out(3, "c"),
            "a",
            "b",
            "c",
            "d"),
        play(
            "a missing exit is taken from the read, at its place",
            p ->
                p.out(1, "a")
                    .out(3, "c")
                    .passed(1500)
                    .answer(exited(5, 3, chunk(2, "b"), chunk(3, "c")))
                    .closed(5),
            "a",
            "read MISSING after 1",
            "b",
            "c",
            "exit 3",
            "closed"),
        play(
            "while a read is under way nothing is asked again, and what comes is kept",
            p ->
                p.out(2, "b")
                    .passed(1500)
                    .out(4, "d")
                    .passed(9000)
                    .answer(running(4, chunk(1, "a"), chunk(2, "b"), chunk(3, "c"))),
            "read MISSING after 0",
            "a",
            "b",
            "c",
            "d"),
        play(
            "output that the server has let go of is lost",
            p -> p.out(3, "c").passed(1500).answer(running(4, chunk(2, "b"), chunk(3, "c"))),
            "read MISSING after 0",
            GONE),
        play(
            "an exit without denial, from an old server",
            p -> p.exit(1, 1, null).answer(closed(3, 1, true)),
            "read UNDECIDED after 0",
            "exit 1 denied",
            "closed"),
        play(
            "an exit without denial, and a server that does not count well",
            p -> p.exit(1, 1, null).answer(closed(1, 1, true)),
            "read UNDECIDED after 0",
            "exit 1 denied",
            "closed"),
        play(
            "a server that never tells of denials",
            p -> p.exit(1, 0, null).answer(new Retained(List.of(), 2, true, 0, false, null, null)),
            "read UNDECIDED after 0",
            "exit 0"),
        play(
            "an end without an exit",
            p -> p.closed(1).answer(closed(2, 7, false)),
            "read UNDECIDED after 0",
            "exit 7",
            "closed"),
        play(
            "an end without an exit that anybody saw",
            p -> p.closed(1).answer(running(2)),
            "read UNDECIDED after 0",
            "exit -1",
            "closed"),
        play(
            "a denial that only the read tells",
            p -> p.exit(2, 1, false).passed(1500).answer(closed(4, 1, true, chunk(1, "a"))),
            "read MISSING after 0",
            "a",
            "exit 1 denied",
            "closed"),
        play(
            "a server that has lost the process",
            p ->
                p.out(2, "b")
                    .passed(1500)
                    .answer(
                        new Retained(
                            List.of(chunk(1, "a")), 3, false, null, false, "no more", null)),
            "read MISSING after 0",
            "a",
            "b",
            "lost: no more"),
        play(
            "a server that does not know the process",
            p -> p.out(2, "b").passed(1500).unknown(),
            "read MISSING after 0",
            "lost: the exec-server does not know the process any more"));
  }

  private static Stream<Arguments> ignored() {
    return Stream.of(
        play(
            "the first failure stays",
            p -> p.out(1, "a").out(3, "c").cut("first").cut("second").out(2, "b").closed(4),
            "a",
            "lost: first"),
        play(
            "a failure after the end",
            p -> p.exit(1, 0, false).closed(2).cut("late"),
            "exit 0",
            "closed"),
        play(
            "an answer after the end",
            p -> p.resume().exit(1, 0, false).closed(2).answer(closed(3, 9, true)),
            "read RESUMED after 0",
            "exit 0",
            "closed"));
  }

  @ParameterizedTest
  @MethodSource("plays")
  void plays(UnaryOperator<Play> steps, List<String> expected) {
    assertThat(steps.apply(new Play()).seen()).isEqualTo(expected);
  }
}
