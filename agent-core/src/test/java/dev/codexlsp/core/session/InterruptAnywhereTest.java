package dev.codexlsp.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.Decision;
import dev.codexlsp.core.approval.PermissionGrant;
import dev.codexlsp.core.model.ContextWindow;
import dev.codexlsp.core.model.ModelEvent;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.core.thread.UserInput;
import dev.codexlsp.core.tool.Terminals;
import dev.codexlsp.core.turn.ContextUse;
import dev.codexlsp.core.turn.Conversation;
import dev.codexlsp.core.turn.Steering;
import dev.codexlsp.core.turn.ThreadOverrides;
import dev.codexlsp.core.turn.TurnInput;
import dev.codexlsp.core.turn.TurnOptions;
import dev.codexlsp.core.turn.TurnOutcome;
import dev.codexlsp.core.turn.TurnRequest;
import dev.codexlsp.core.turn.TurnWork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// A turn with everything in it (thoughts, words, a command that is asked about, more words), which
/// is interrupted once after each of its signals: whatever it was doing, each item that was started
/// is completed, and each call has its output.
class InterruptAnywhereTest {
  private static final ResponseItem THOUGHTS =
      FakeModel.item(
          """
          {"type":"reasoning","id":"rs1","summary":[{"type":"summary_text","text":"Hm"}]}\
          """);
  private static final ResponseItem WORDS =
      FakeModel.item(
          """
          {"type":"message","id":"m1","role":"assistant","content":
           [{"type":"output_text","text":"I will."}]}\
          """);
  private static final ResponseItem CALL =
      FakeModel.item(
          """
          {"type":"function_call","id":"f1","call_id":"c1","name":"exec_command",
           "arguments":"{\\"cmd\\":\\"echo one two\\"}"}\
          """);
  private static final ResponseItem SECOND_CALL =
      FakeModel.item(
          """
          {"type":"function_call","id":"f2","call_id":"c2","name":"exec_command",
           "arguments":"{\\"cmd\\":\\"/nonexistent\\",\\"shell\\":\\"/nonexistent\\"}"}\
          """);
  private static final ResponseItem ANSWER =
      FakeModel.item(
          """
          {"type":"message","id":"m2","role":"assistant","content":
           [{"type":"output_text","text":"Done."}]}\
          """);
  private static final List<List<ModelEvent>> ANSWERS =
      List.of(
          List.of(
              new ModelEvent.ItemAdded(THOUGHTS),
              new ModelEvent.ReasoningSummaryPartAdded("rs1", 0),
              new ModelEvent.ReasoningSummaryTextDelta("rs1", 0, "Hm"),
              new ModelEvent.ReasoningTextDelta("rs1", 0, "raw"),
              new ModelEvent.ItemDone(THOUGHTS),
              new ModelEvent.ItemAdded(WORDS),
              new ModelEvent.OutputTextDelta("m1", "I will."),
              new ModelEvent.ItemDone(WORDS),
              new ModelEvent.ItemAdded(CALL),
              new ModelEvent.ItemDone(CALL),
              new ModelEvent.ItemDone(SECOND_CALL),
              FakeModel.COMPLETED),
          List.of(
              new ModelEvent.ItemAdded(ANSWER),
              new ModelEvent.OutputTextDelta("m2", "Done."),
              new ModelEvent.ItemDone(ANSWER),
              FakeModel.COMPLETED));

  @TempDir Path home;

  /// The owner of a turn that runs on the test's own thread: it keeps the signals, gives back each
  /// credit, answers every question, and interrupts the turn after one signal. The calls of an
  /// answer signal from threads of their own.
  private static final class Owner {
    private final Decision decision;
    private final int interruptAfter;
    private final Thread turn = Thread.currentThread();
    private final Terminals terminals = new Terminals(() -> 0L, this::commandEnded);
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by lock.
    private final List<Mail.TurnSignal> signals = new ArrayList<>();
    private final TurnLine line = new TurnLine(this::accept);

    Owner(Decision decision, int interruptAfter) {
      this.decision = decision;
      this.interruptAfter = interruptAfter;
    }

    private void accept(Mail mail) {
      Mail.TurnSignal signal = ((Mail.Signalled) mail).signal();
      lock.lock();
      try {
        signals.add(signal);
        line.giveBackCredit();
        if (signals.size() == interruptAfter) {
          turn.interrupt();
        } else if (signal instanceof Mail.Asked asked) {
          asked.slot().fill(new Answer.Decided(decision));
        }
      } finally {
        lock.unlock();
      }
    }

    private void commandEnded() {
      terminals.ended();
    }

    private List<Mail.TurnSignal> signals() {
      lock.lock();
      try {
        return List.copyOf(signals);
      } finally {
        lock.unlock();
      }
    }

    private List<ThreadEvent> events() {
      return signals().stream()
          .filter(Mail.Emitted.class::isInstance)
          .map(emitted -> ((Mail.Emitted) emitted).event())
          .toList();
    }

    private List<ResponseItem> history() {
      List<ResponseItem> history = new ArrayList<>();
      for (Mail.TurnSignal signal : signals()) {
        if (signal instanceof Mail.Remembered(ResponseItem item)) {
          history.add(item);
        } else if (signal instanceof Mail.Shortened(var compacted, var _)) {
          history.clear();
          history.addAll(compacted.history());
        }
      }
      return history;
    }
  }

  private static final ResponseItem SUMMARY =
      FakeModel.item(
          """
          {"type":"message","id":"m0","role":"assistant","content":
           [{"type":"output_text","text":"It was long."}]}\
          """);

  /// A history that is too long.
  private static final Conversation LONG =
      new Conversation(
          List.of(ResponseItem.message("user", "before"), ANSWER),
          ContextWindow.first("thread-1"),
          new ContextUse(250_000, 1));

  private static final Conversation NOTHING =
      new Conversation(List.of(), ContextWindow.first("thread-1"), ContextUse.NOTHING);

  private TurnOutcome run(Owner owner, ThreadOverrides wishes, Conversation before)
      throws Exception {
    List<List<ModelEvent>> answers = new ArrayList<>();
    if (before.equals(LONG)) {
      answers.add(
          List.of(
              new ModelEvent.ItemAdded(SUMMARY),
              new ModelEvent.ItemDone(SUMMARY),
              FakeModel.COMPLETED));
    }
    answers.addAll(ANSWERS);
    TurnRequest request =
        new TurnRequest(
            new ThreadId("thread-1"),
            new TurnId("id-0"),
            new TurnWork.Conversation(
                TurnInput.of(List.of(new UserInput.Text("go"))), TurnOptions.NONE),
            new Steering(),
            Path.of("/"),
            wishes,
            before,
            Set.of(),
            PermissionGrant.NOTHING,
            owner.terminals,
            List.of(),
            "codex-lsp",
            "codex-lsp/0.1.0");
    try (Stage stage = new Stage(home, "")) {
      return stage.runner(new FakeModel(answers)).run(request, owner.line);
    } finally {
      Patience.await(owner.terminals::isIdle, "the last words of its commands");
      // A turn that had said its last word does not notice any more.
      boolean _ = Thread.interrupted();
    }
  }

  @TestFactory
  Stream<DynamicTest> askedAndAccepted() throws Exception {
    return interruptedEverywhere(new Decision.Accept(), Stage.ASKING);
  }

  @TestFactory
  Stream<DynamicTest> askedAndDeclined() throws Exception {
    return interruptedEverywhere(new Decision.Decline(), Stage.ASKING);
  }

  @TestFactory
  Stream<DynamicTest> askedAndCancelled() throws Exception {
    return interruptedEverywhere(new Decision.Cancel(), Stage.ASKING);
  }

  @TestFactory
  Stream<DynamicTest> notAsked() throws Exception {
    return interruptedEverywhere(new Decision.Accept(), Stage.FREE);
  }

  /// The user's words are taken in whatever happens to the history before.
  @TestFactory
  Stream<DynamicTest> madeShorterFirst() throws Exception {
    return interruptedEverywhere(new Decision.Accept(), Stage.FREE, LONG);
  }

  private Stream<DynamicTest> interruptedEverywhere(Decision decision, ThreadOverrides wishes)
      throws Exception {
    return interruptedEverywhere(decision, wishes, NOTHING);
  }

  private Stream<DynamicTest> interruptedEverywhere(
      Decision decision, ThreadOverrides wishes, Conversation before) throws Exception {
    Owner undisturbed = new Owner(decision, 0);
    TurnOutcome outcome = run(undisturbed, wishes, before);
    List<Mail.TurnSignal> signals = undisturbed.signals();
    return IntStream.rangeClosed(1, signals.size())
        .mapToObj(n ->
            DynamicTest.dynamicTest(
                "after " + n + " " + signals.get(n - 1),
                () -> {
                  Owner owner = new Owner(decision, n);
                  TurnOutcome interrupted = run(owner, wishes, before);
                  boolean wasTooLate =
                      n >= owner.signals().size()
                          && owner.signals().getLast().equals(signals.getLast());
                  assertThat(interrupted)
                      .isEqualTo(wasTooLate ? outcome : new TurnOutcome.Interrupted());
                  ItemsBalance.check(owner.events());
                  checkHistory(owner.history(), n);
                  if (before.equals(LONG)) {
                    assertThat(owner.history()).contains(ResponseItem.message("user", "go"));
                  }
                }));
  }

  private static void checkHistory(List<ResponseItem> history, int n) {
    List<String> calls =
        history.stream()
            .filter(item -> item.type().equals("function_call"))
            .map(item -> item.text("call_id"))
            .toList();
    List<String> outputs =
        history.stream()
            .filter(item -> item.type().equals("function_call_output"))
            .map(item -> item.text("call_id"))
            .toList();
    assertThat(outputs).isEqualTo(calls);
    assertThat(n).isPositive();
  }
}
