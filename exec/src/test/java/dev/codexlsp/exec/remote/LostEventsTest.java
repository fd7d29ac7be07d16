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

/// What was lost with a connection, and ends that do not come.
class LostEventsTest {
  static Stream<Arguments> plays() {
    return Stream.of(resumed(), outdated(), ended()).flatMap(plays -> plays);
  }

  private static Stream<Arguments> resumed() {
    return Stream.of(
        play(
            "cut before the exit",
            p -> p.out(1, "a").resume().answer(closed(4, 1, true, chunk(2, "b"))),
            "a",
            "read RESUMED after 1",
            "b",
            "exit 1 denied",
            "closed"),
        play(
            "cut at the exit",
            p -> p.out(1, "a").resume().answer(exited(3, 1)).closed(3),
            "a",
            "read RESUMED after 1",
            "exit 1",
            "closed"),
        play(
            "cut after the exit: what is known stays",
            p -> p.out(1, "a").exit(2, 1, true).resume().answer(closed(4, 0, false)),
            "a",
            "exit 1 denied",
            "read RESUMED after 2",
            "closed"),
        play(
            "cut after the end of a gap",
            p -> p.out(1, "a").exit(3, 1, true).resume().answer(closed(5, 1, true, chunk(2, "b"))),
            "a",
            "read RESUMED after 1",
            "b",
            "exit 1 denied",
            "closed"),
        play(
            "events of the new connection before the answer",
            p -> p.out(1, "a").resume().out(3, "c").answer(running(3, chunk(2, "b"))),
            "a",
            "read RESUMED after 1",
            "b",
            "c"),
        play(
            "nothing was missed",
            p -> p.out(1, "a").resume().answer(running(2)).out(2, "b"),
            "a",
            "read RESUMED after 1",
            "b"),
        play(
            "more was missed than is retained, of a command that has ended",
            p -> p.out(1, "a").resume().answer(closed(9, 3, false, chunk(6, "f"), chunk(8, "h"))),
            "a",
            "read RESUMED after 1",
            "exit 3",
            "f",
            "h",
            "closed early"),
        play(
            "more was missed than is retained, of a command that goes on",
            p ->
                p.out(1, "a")
                    .resume()
                    .answer(running(7, chunk(6, "f")))
                    .out(7, "g")
                    .exit(8, 0, false)
                    .closed(9),
            "a",
            "read RESUMED after 1",
            "f",
            "g",
            "exit 0",
            "closed early"));
  }

  /// Answers that were made before something that has come meanwhile.
  private static Stream<Arguments> outdated() {
    return Stream.of(
        play(
            "an answer from before the exit says nothing of a denial",
            p -> p.resume().exit(1, 1, null).answer(running(1)).answer(closed(3, 1, true)),
            "read RESUMED after 0",
            "read UNDECIDED after 0",
            "exit 1 denied",
            "closed"),
        play(
            "nor with the code 0",
            p -> p.resume().exit(1, 0, null).answer(running(1)).answer(closed(3, 0, true)),
            "read RESUMED after 0",
            "read UNDECIDED after 0",
            "exit 0 denied",
            "closed"),
        play(
            "the end has come, and the exit is on its way",
            p -> p.resume().closed(2).answer(running(1)).exit(1, 1, true),
            "read RESUMED after 0",
            "exit 1 denied",
            "closed"));
  }

  private static Stream<Arguments> ended() {
    return Stream.of(
        play(
            "a denial after output, without an end: the end was lost",
            p ->
                p.out(1, "a")
                    .exit(2, 1, true)
                    .passed(1999)
                    .passed(1)
                    .answer(closed(5, 1, true, chunk(3, "b"))),
            "a",
            "exit 1 denied",
            "read END_OVERDUE after 2",
            "b",
            "closed"),
        play(
            "a denial without an end",
            p -> p.exit(1, 1, true).passed(149).passed(1),
            "exit 1 denied",
            "closed early"),
        play(
            "an exit without an end: somebody holds the output",
            p -> p.exit(1, 0, false).passed(1999).passed(1).answer(exited(2, 0)),
            "exit 0",
            "read END_OVERDUE after 1",
            "closed early"),
        play(
            "an exit without an end: the end was lost",
            p -> p.exit(1, 0, false).passed(2000).answer(closed(4, 0, false, chunk(2, "b"))),
            "exit 0",
            "read END_OVERDUE after 1",
            "b",
            "closed"),
        play(
            "a refused write, of a process that has ended",
            p -> p.out(1, "a").doubt().answer(closed(4, 5, false, chunk(2, "b"))),
            "a",
            "read DOUBTED after 1",
            "b",
            "exit 5",
            "closed"),
        play(
            "a refused write, of a process that does not seem to have ended",
            p -> p.out(1, "a").doubt().answer(running(3, chunk(2, "b"))),
            "a",
            "read DOUBTED after 1",
            "b",
            "exit -1",
            "closed early"),
        play(
            "a refused write, of a process that nobody knows",
            p -> p.out(1, "a").doubt().unknown(),
            "a",
            "read DOUBTED after 1",
            "exit -1",
            "closed early"));
  }

  @ParameterizedTest
  @MethodSource("plays")
  void plays(UnaryOperator<Play> steps, List<String> expected) {
    assertThat(steps.apply(new Play()).seen()).isEqualTo(expected);
  }
}
