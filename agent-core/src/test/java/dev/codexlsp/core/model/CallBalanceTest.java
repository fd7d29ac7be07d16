package dev.codexlsp.core.model;

import static dev.codexlsp.core.model.Histories.call;
import static dev.codexlsp.core.model.Histories.output;
import static dev.codexlsp.core.model.Histories.said;
import static dev.codexlsp.core.model.Histories.user;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

public class CallBalanceTest {
  private static ResponseItem aborted(String id) {
    return call(id).answered("aborted");
  }

  static Stream<Arguments> histories() {
    List<ResponseItem> whole = List.of(user("a"), call("1"), said("b"), output("1"));
    return Stream.of(
        Arguments.of("nothing is wrong", whole, whole),
        Arguments.of("no output", List.of(call("1")), List.of(call("1"), aborted("1"))),
        Arguments.of("no call", List.of(output("1"), user("a")), List.of(user("a"))),
        Arguments.of(
            "the wrong way round",
            List.of(output("1"), call("1")),
            List.of(call("1"), aborted("1"))),
        Arguments.of(
            "two outputs",
            List.of(call("1"), output("1"), output("1")),
            List.of(call("1"), output("1"))),
        Arguments.of(
            "an id that comes again",
            List.of(call("1"), output("1"), call("1"), output("1")),
            List.of(call("1"), output("1"), call("1"), output("1"))),
        Arguments.of(
            "an id that comes again too early",
            List.of(call("1"), call("1"), output("1")),
            List.of(call("1"), aborted("1"), call("1"), output("1"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("histories")
  void ofOneHistory(String name, List<ResponseItem> items, List<ResponseItem> balanced) {
    assertThat(CallBalance.of(items)).as(name).isEqualTo(balanced);
  }

  @Test
  void ofAnyHistory() {
    for (int seed = 0; seed < 500; seed++) {
      List<ResponseItem> items = Histories.random(new Random(seed));
      List<ResponseItem> balanced = CallBalance.of(items);
      assertBalanced(balanced, seed);
      assertThat(balanced.stream().filter(item -> !item.isCallOutput()))
          .as("seed %s", seed)
          .containsExactlyElementsOf(items.stream().filter(item -> !item.isCallOutput()).toList());
      assertThat(CallBalance.of(balanced)).as("seed %s", seed).isEqualTo(balanced);
    }
  }

  public static void assertBalanced(List<ResponseItem> items, int seed) {
    List<String> open = new ArrayList<>();
    for (ResponseItem item : items) {
      String id = item.text("call_id");
      if (item.isCall()) {
        assertThat(open).as("seed %s", seed).doesNotContain(id);
        open.add(id);
      } else if (item.isCallOutput()) {
        assertThat(open.remove(id)).as("seed %s: a call %s", seed, id).isTrue();
      }
    }
    assertThat(open).as("seed %s", seed).isEmpty();
  }
}
