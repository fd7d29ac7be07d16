package dev.codexlsp.core.tool;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.DynamicToolRequest;
import dev.codexlsp.core.model.ModelInfo;
import dev.codexlsp.core.thread.DynamicToolSpec;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.Item.ToolStatus;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.RawJson;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.ToolContent;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A tool that a client has brought along: a call of it goes back to the client, which does the
/// work. It stands outside of every sandbox, because the client does.
public record DynamicTool(@Nullable String namespace, DynamicToolSpec.Function spec, Clock clock)
    implements Tool {

  @Override
  public String name() {
    return spec.name();
  }

  @Override
  public JsonObject definition(ModelInfo model) {
    JsonObject json = new JsonObject();
    json.addProperty("type", "function");
    json.addProperty("name", spec.name());
    json.addProperty("description", spec.description());
    json.addProperty("strict", false);
    json.add("parameters", JsonParser.parseString(spec.inputSchema().text()));
    return json;
  }

  @Override
  public boolean isParallel() {
    return true;
  }

  @Override
  public ToolResult run(ToolCall call, TurnScope turn) throws InterruptedException {
    try {
      ToolArguments.read(call.input(), JsonObject.class);
    } catch (ToolArguments.Unusable unusable) {
      return unusable.answer();
    }
    Call shown = new Call(call, turn, clock.millis());
    turn.io()
        .emit(
            new ThreadEvent.ItemStarted(
                turn.threadId(),
                turn.turnId(),
                item(shown, ToolStatus.IN_PROGRESS, null),
                shown.startedAtMs()));
    Answer answer = ask(shown);
    return switch (answer) {
      case Answer.Returned returned -> {
        complete(shown, returned.success() ? ToolStatus.COMPLETED : ToolStatus.FAILED, returned);
        yield new ToolResult.Answered(new ToolOutput.Parts(returned.contentItems()));
      }
      case Answer.Failed(String reason) -> failed(shown, reason);
      case Answer.Decided _, Answer.Granted _, Answer.Chosen _, Answer.Rejected _ ->
          failed(shown, "the answer was not understood");
    };
  }

  private record Call(ToolCall call, TurnScope turn, long startedAtMs) {}

  private Answer ask(Call shown) throws InterruptedException {
    TurnScope turn = shown.turn();
    try {
      return turn.io()
          .ask(
              new DynamicToolRequest(
                  turn.threadId(),
                  turn.turnId(),
                  shown.call().callId(),
                  namespace,
                  spec.name(),
                  new RawJson(shown.call().input())),
              Set.of());
    } catch (InterruptedException interrupt) {
      complete(shown, ToolStatus.FAILED, null);
      throw interrupt;
    }
  }

  private ToolResult failed(Call shown, String reason) throws InterruptedException {
    complete(shown, ToolStatus.FAILED, null);
    return new ToolResult.Failed(spec.name() + " failed: " + reason);
  }

  private void complete(Call shown, ToolStatus status, Answer.@Nullable Returned returned)
      throws InterruptedException {
    TurnScope turn = shown.turn();
    turn.io()
        .emit(
            new ThreadEvent.ItemCompleted(
                turn.threadId(), turn.turnId(), item(shown, status, returned), clock.millis()));
  }

  private Item item(Call shown, ToolStatus status, Answer.@Nullable Returned returned) {
    List<ToolContent> content = returned == null ? null : returned.contentItems();
    boolean isOver = status != ToolStatus.IN_PROGRESS;
    return new Item.DynamicToolCall(
        new ItemId(shown.call().callId()),
        namespace,
        spec.name(),
        new RawJson(shown.call().input()),
        status,
        content,
        isOver ? returned != null && returned.success() : null,
        isOver ? clock.millis() - shown.startedAtMs() : null);
  }
}
