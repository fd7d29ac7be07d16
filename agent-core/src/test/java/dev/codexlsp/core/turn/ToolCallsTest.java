package dev.codexlsp.core.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.codexlsp.core.model.ModelInfo;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.tool.DynamicTools;
import dev.codexlsp.core.tool.FakeTurn;
import dev.codexlsp.core.tool.Tool;
import dev.codexlsp.core.tool.ToolCall;
import dev.codexlsp.core.tool.ToolRegistry;
import dev.codexlsp.core.tool.ToolResult;
import dev.codexlsp.core.tool.TurnScope;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The calls of one answer, with tools that wait for each other.
@Timeout(30)
class ToolCallsTest {
  private final List<String> begun = new CopyOnWriteArrayList<>();
  private final List<String> interrupted = new CopyOnWriteArrayList<>();

  /// What a tool does with the name of its call.
  private interface Work {
    ToolResult run(String callId) throws InterruptedException;
  }

  private record FakeTool(String name, boolean isParallel, Work work) implements Tool {
    @Override
    public JsonObject definition(ModelInfo model) {
      return new JsonObject();
    }

    @Override
    public ToolResult run(ToolCall call, TurnScope turn) throws InterruptedException {
      return work.run(call.callId());
    }
  }

  private Tool tool(String name, boolean isParallel, Work work) {
    return new FakeTool(
        name,
        isParallel,
        callId -> {
          begun.add(callId);
          try {
            return work.run(callId);
          } catch (InterruptedException interrupt) {
            interrupted.add(callId);
            throw interrupt;
          }
        });
  }

  private static ResponseItem call(String tool, String callId) {
    JsonObject json = new JsonObject();
    json.addProperty("type", "function_call");
    json.addProperty("call_id", callId);
    json.addProperty("name", tool);
    json.addProperty("arguments", "{}");
    return new ResponseItem(json);
  }

  private ToolCalls.Outputs run(List<ResponseItem> calls, Tool... tools) {
    return new ToolCalls(
            new ToolRegistry(List.of(tools)).offered(ModelInfo.of("mock-model"), DynamicTools.NONE),
            new FakeTurn().scope(null, Path.of("/")))
        .run(calls);
  }

  private static List<String> told(ToolCalls.Outputs outputs) {
    return outputs.outputs().stream()
        .map(output -> output.text("call_id") + ": " + output.text("output"))
        .toList();
  }

  private static ToolResult answer(String text) {
    return new ToolResult.Answered(text);
  }

  private static ToolResult forEver() throws InterruptedException {
    new CountDownLatch(1).await();
    throw new AssertionError("unreachable");
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
  }

  /// The first to be called ends last.
  @Test
  void neighboursRunBesideEachOtherAndAreToldInTheOrderOfTheCalls() {
    CountDownLatch second = new CountDownLatch(1);
    Tool tool =
        tool(
            "side",
            true,
            callId -> {
              if (callId.equals("c1")) {
                await(second);
              } else {
                second.countDown();
              }
              return answer("done");
            });
    ToolCalls.Outputs outputs = run(List.of(call("side", "c1"), call("side", "c2")), tool);
    assertThat(told(outputs)).containsExactly("c1: done", "c2: done");
    assertThat(outputs.isCancelled()).isFalse();
  }

  @Test
  void whatMustRunAloneWaitsForThoseBeforeItAndIsWaitedFor() {
    AtomicInteger running = new AtomicInteger();
    List<Integer> besides = new CopyOnWriteArrayList<>();
    Work work =
        _ -> {
          besides.add(running.getAndIncrement());
          running.decrementAndGet();
          return answer("done");
        };
    run(
        List.of(call("alone", "c1"), call("alone", "c2"), call("side", "c3"), call("alone", "c4")),
        tool("alone", false, work),
        tool("side", true, work));
    assertThat(begun).containsExactly("c1", "c2", "c3", "c4");
    assertThat(besides).containsExactly(0, 0, 0, 0);
  }

  @Test
  void noMoreThanTheLimitRunAtOnce() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch full = new CountDownLatch(ToolCalls.PARALLEL_LIMIT);
    Tool tool =
        tool(
            "side",
            true,
            callId -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              full.countDown();
              await(full);
              running.decrementAndGet();
              return answer(callId);
            });
    List<ResponseItem> calls =
        IntStream.range(0, 3 * ToolCalls.PARALLEL_LIMIT)
            .mapToObj(i -> call("side", "c" + i))
            .toList();
    ToolCalls.Outputs outputs = run(calls, tool);
    assertThat(most).hasValue(ToolCalls.PARALLEL_LIMIT);
    assertThat(told(outputs))
        .containsExactlyElementsOf(
            IntStream.range(0, calls.size()).mapToObj(i -> "c" + i + ": c" + i).toList());
  }

  @Test
  void aToolThatBreaksIsAnAnswerAndTheOthersGoOn() {
    Tool broken =
        tool(
            "broken",
            true,
            _ -> {
              throw new IllegalStateException("a bug");
            });
    ToolCalls.Outputs outputs =
        run(
            List.of(call("broken", "c1"), call("side", "c2"), call("nowhere", "c3")),
            broken,
            tool("side", true, _ -> answer("done")));
    assertThat(told(outputs))
        .containsExactly(
            "c1: broken failed: internal error", "c2: done", "c3: unsupported call: nowhere");
    assertThat(outputs.allFailed()).isFalse();
    assertThat(run(List.of(call("broken", "c1"), call("nowhere", "c3")), broken).allFailed())
        .isTrue();
  }

  /// The first call would wait for ever; what the user said to the second ends it, too.
  @Test
  void aCancelAtAnyOfThemEndsThoseBesideItAndThoseAfterIt() {
    CountDownLatch first = new CountDownLatch(1);
    Tool waiting =
        tool(
            "waiting",
            true,
            _ -> {
              first.countDown();
              return forEver();
            });
    Tool cancelled =
        tool(
            "cancelled",
            true,
            _ -> {
              await(first);
              return new ToolResult.TurnCancelled("rejected");
            });
    ToolCalls.Outputs outputs =
        run(
            List.of(
                call("waiting", "c1"),
                call("cancelled", "c2"),
                call("alone", "c3"),
                call("waiting", "c4")),
            waiting,
            cancelled,
            tool("alone", false, _ -> answer("done")));
    assertThat(told(outputs))
        .containsExactly(
            "c1: aborted by user", "c2: rejected", "c3: aborted by user", "c4: aborted by user");
    assertThat(outputs.isCancelled()).isTrue();
    assertThat(interrupted).containsExactly("c1");
    assertThat(begun).containsExactlyInAnyOrder("c1", "c2");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void anInterruptReachesAllOfThemAndStaysPending() {
    Thread turn = Thread.currentThread();
    CountDownLatch both = new CountDownLatch(2);
    Tool waiting =
        tool(
            "waiting",
            true,
            _ -> {
              both.countDown();
              await(both);
              turn.interrupt();
              return forEver();
            });
    ToolCalls.Outputs outputs =
        run(
            List.of(call("waiting", "c1"), call("waiting", "c2"), call("alone", "c3")),
            waiting,
            tool("alone", false, _ -> answer("done")));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(told(outputs))
        .containsExactly("c1: aborted by user", "c2: aborted by user", "c3: aborted by user");
    assertThat(interrupted).containsExactlyInAnyOrder("c1", "c2");
    assertThat(outputs.isCancelled()).isFalse();
  }

  /// What is done is told, although its neighbour was stopped.
  @Test
  void whatWasDoneBeforeTheInterruptKeepsItsAnswer() {
    Thread turn = Thread.currentThread();
    CountDownLatch done = new CountDownLatch(1);
    Tool quick =
        tool(
            "quick",
            true,
            _ -> {
              done.countDown();
              return answer("done");
            });
    Tool waiting =
        tool(
            "waiting",
            true,
            _ -> {
              await(done);
              turn.interrupt();
              return forEver();
            });
    ToolCalls.Outputs outputs =
        run(List.of(call("quick", "c1"), call("waiting", "c2")), quick, waiting);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(told(outputs)).containsExactly("c1: done", "c2: aborted by user");
  }
}
