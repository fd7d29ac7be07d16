package dev.codexlsp.core.session;

import dev.codexlsp.core.model.ModelClient;
import dev.codexlsp.core.model.ModelEvent;
import dev.codexlsp.core.model.ModelRequest;
import dev.codexlsp.core.model.ModelStream;
import dev.codexlsp.core.model.Purpose;
import dev.codexlsp.core.model.ResponseItem;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A model that thinks, says something and runs a command, and then answers; what it does next
/// depends on the conversation alone, so it may be cut anywhere. It goes no further before the
/// owner of the thread has dealt with everything that was said so far, and notices an interrupt.
final class PacedModel implements ModelClient {
  private final List<ModelRequest> requests = new CopyOnWriteArrayList<>();
  private final Consumer<String> steps;
  private volatile @Nullable LiveThread thread;

  /// @param steps hears on the turn's thread what comes next
  PacedModel(Consumer<String> steps) {
    this.steps = steps;
  }

  /// Called once, before the first turn.
  void follow(LiveThread owner) {
    thread = owner;
  }

  List<ModelRequest> requests() {
    return List.copyOf(requests);
  }

  @Override
  public ModelStream open(ModelRequest request) throws InterruptedException {
    requests.add(request);
    Queue<ModelEvent> events = new ArrayDeque<>(answer(request, requests.size()));
    step("request");
    return new ModelStream() {
      @Override
      public ModelEvent next() throws InterruptedException {
        ModelEvent event = events.remove();
        step(event.getClass().getSimpleName());
        return event;
      }

      @Override
      public void close() {}
    };
  }

  private void step(String name) throws InterruptedException {
    steps.accept(name);
    // Whoever hears of the last event may post mail; with the second answer that is done as well.
    LiveThread owner = Objects.requireNonNull(thread);
    owner.ask();
    owner.ask();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private static List<ModelEvent> answer(ModelRequest request, int number) {
    return switch (request.purpose()) {
      case Purpose.Compaction _ -> words(number, "SUMMARY");
      case Purpose.Step _ ->
          request.input().stream().anyMatch(ResponseItem::isCallOutput) || isReview(request)
              ? words(number, "Done.")
              : work(number);
    };
  }

  private static boolean isReview(ModelRequest request) {
    return request.manner().outputSchema() != null;
  }

  private static List<ModelEvent> words(int number, String text) {
    ResponseItem message =
        FakeModel.item(
            """
            {"type":"message","id":"m%d","role":"assistant","content":
             [{"type":"output_text","text":"%s"}]}\
            """
                .formatted(number, text));
    return List.of(
        new ModelEvent.ItemAdded(message),
        new ModelEvent.OutputTextDelta("m" + number, text),
        new ModelEvent.ItemDone(message),
        FakeModel.COMPLETED);
  }

  private static List<ModelEvent> work(int number) {
    ResponseItem thoughts =
        FakeModel.item(
            """
            {"type":"reasoning","id":"rs%d","summary":[{"type":"summary_text","text":"Hm"}]}\
            """
                .formatted(number));
    ResponseItem message =
        FakeModel.item(
            """
            {"type":"message","id":"m%d","role":"assistant","content":
             [{"type":"output_text","text":"I will."}]}\
            """
                .formatted(number));
    ResponseItem call =
        FakeModel.item(
            """
            {"type":"function_call","id":"f%1$d","call_id":"c%1$d","name":"exec_command",
             "arguments":"{\\"cmd\\":\\"echo one two\\"}"}\
            """
                .formatted(number));
    return List.of(
        new ModelEvent.ItemAdded(thoughts),
        new ModelEvent.ReasoningSummaryPartAdded("rs" + number, 0),
        new ModelEvent.ReasoningSummaryTextDelta("rs" + number, 0, "Hm"),
        new ModelEvent.ItemDone(thoughts),
        new ModelEvent.ItemAdded(message),
        new ModelEvent.OutputTextDelta("m" + number, "I will."),
        new ModelEvent.ItemDone(message),
        new ModelEvent.ItemDone(call),
        FakeModel.COMPLETED);
  }
}
