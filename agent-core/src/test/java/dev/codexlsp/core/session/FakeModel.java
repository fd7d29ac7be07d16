package dev.codexlsp.core.session;

import com.google.gson.JsonParser;
import dev.codexlsp.core.model.ModelClient;
import dev.codexlsp.core.model.ModelEvent;
import dev.codexlsp.core.model.ModelRequest;
import dev.codexlsp.core.model.ModelStream;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.thread.TokenUsage;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/// A model without a wire, for tests that must know which event comes between which two others. It
/// does not notice an interrupt. Belongs to the turn's thread.
final class FakeModel implements ModelClient {
  static final ModelEvent COMPLETED =
      new ModelEvent.Completed("resp", new TokenUsage.Breakdown(15, 10, 0, 0, 5, 0));

  private final Queue<List<ModelEvent>> answers;

  FakeModel(List<List<ModelEvent>> answers) {
    this.answers = new ArrayDeque<>(answers);
  }

  @Override
  public ModelStream open(ModelRequest request) {
    Queue<ModelEvent> events = new ArrayDeque<>(answers.remove());
    return new ModelStream() {
      @Override
      public ModelEvent next() {
        return events.remove();
      }

      @Override
      public void close() {}
    };
  }

  static ResponseItem item(String json) {
    return new ResponseItem(JsonParser.parseString(json).getAsJsonObject());
  }
}
