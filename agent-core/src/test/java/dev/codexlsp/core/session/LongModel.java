package dev.codexlsp.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.model.ModelClient;
import dev.codexlsp.core.model.ModelEvent;
import dev.codexlsp.core.model.ModelRequest;
import dev.codexlsp.core.model.ModelStream;
import dev.codexlsp.core.model.Purpose;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.thread.TokenUsage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/// A model that talks for as long as somebody listens, counts what it is sent, and checks each
/// request against what every request has to keep. It runs a command in every twentieth turn.
/// Belongs to the turn's thread.
final class LongModel implements ModelClient {
  private static final int BYTES_PER_TOKEN = 4;

  private final long limit;
  private List<ResponseItem> lastInput = List.of();
  private int lastWindow;
  private long lastTokens;
  private int answers;
  private int summaries;

  /// @param limit at so many tokens the next step must be a summary
  LongModel(long limit) {
    this.limit = limit;
  }

  int summaries() {
    return summaries;
  }

  @Override
  public ModelStream open(ModelRequest request) {
    check(request);
    answers++;
    return stream(answer(request), count(request.input()));
  }

  private void check(ModelRequest request) {
    assertBalanced(request.input());
    switch (request.purpose()) {
      case Purpose.Compaction _ -> {
        assertThat(lastTokens).isGreaterThanOrEqualTo(limit);
        assertThat(request.window().number()).isEqualTo(lastWindow);
        assertThat(request.tools()).isEmpty();
        assertThat(request.input().subList(0, lastInput.size())).isEqualTo(lastInput);
        lastTokens = 0;
      }
      case Purpose.Step _ -> {
        assertThat(request.window().number()).isEqualTo(summaries);
        if (request.window().number() == lastWindow) {
          // Prompt caches live on this.
          assertThat(request.input().subList(0, lastInput.size())).isEqualTo(lastInput);
          assertThat(lastTokens).isLessThan(limit);
        } else {
          assertThat(count(request.input())).isLessThan(limit);
          assertThat(text(request.input())).contains("summary " + summaries);
        }
        lastInput = request.input();
        lastWindow = request.window().number();
        lastTokens = count(request.input());
      }
    }
  }

  private static void assertBalanced(List<ResponseItem> items) {
    Set<String> open = new HashSet<>();
    for (ResponseItem item : items) {
      if (item.isCall()) {
        open.add(item.text("call_id"));
      } else if (item.isCallOutput()) {
        assertThat(open.remove(item.text("call_id"))).isTrue();
      }
    }
    assertThat(open).isEmpty();
  }

  private ResponseItem answer(ModelRequest request) {
    if (request.purpose() instanceof Purpose.Compaction) {
      return message("This is summary " + ++summaries);
    }
    String prompt = String.join("", request.input().getLast().texts("content"));
    boolean wantsCommand =
        prompt.startsWith("turn ") && Integer.parseInt(prompt.substring(5)) % 20 == 0;
    return wantsCommand
        ? FakeModel.item(
            "{\"type\":\"function_call\",\"id\":\"f%1$d\",\"call_id\":\"c%1$d\",\"name\":\"exec_command\",\"arguments\":\"{\\\"cmd\\\":\\\"true\\\"}\"}"
                .formatted(answers))
        : message("Answer " + answers + " " + "and so on ".repeat(40));
  }

  private ResponseItem message(String text) {
    return FakeModel.item(
        "{\"type\":\"message\",\"id\":\"m%d\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"%s\"}]}"
            .formatted(answers, text));
  }

  private static ModelStream stream(ResponseItem item, long input) {
    Queue<ModelEvent> events =
        new ArrayDeque<>(
            List.of(
                new ModelEvent.ItemDone(item),
                new ModelEvent.Completed(
                    "resp", new TokenUsage.Breakdown(input + 1, input, 0, 0, 1, 0))));
    return new ModelStream() {
      @Override
      public ModelEvent next() {
        return events.remove();
      }

      @Override
      public void close() {}
    };
  }

  private static long count(List<ResponseItem> items) {
    return items.stream().mapToLong(item -> item.json().toString().length()).sum()
        / BYTES_PER_TOKEN;
  }

  private static String text(List<ResponseItem> items) {
    List<String> texts = new ArrayList<>();
    items.forEach(item -> texts.addAll(item.texts("content")));
    return String.join("\n", texts);
  }
}
