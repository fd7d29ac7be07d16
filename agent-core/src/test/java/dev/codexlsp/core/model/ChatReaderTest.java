package dev.codexlsp.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codexlsp.core.model.ModelException.Retry;
import dev.codexlsp.core.thread.CodexErrorInfo.Kind;
import dev.codexlsp.core.thread.TokenUsage.Breakdown;
import dev.codexlsp.core.thread.TurnError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Chunks as servers of many kinds send them, and what they mean.
class ChatReaderTest {
  private static final String USAGE =
      "{'choices':[],'usage':{'prompt_tokens':7,'completion_tokens':3,'total_tokens':10}}";
  private static final ModelEvent COMPLETED = completed(10, 7, 0, 3, 0);

  /// A stream that ends in order.
  ///
  /// @param calls what the answer calls: id of the call, name and arguments
  record Calls(String name, List<String> chunks, List<String> calls) {
    @Override
    public String toString() {
      return name;
    }
  }

  static final List<Calls> CALLS =
      List.of(
          new Calls(
              "by the book, two beside each other",
              List.of(
                  pieces(
                      "{'index':0,'id':'a','type':'function','function':{'name':'run',"
                          + "'arguments':''}}"),
                  pieces("{'index':0,'function':{'arguments':'{\\'x\\':'}}"),
                  pieces("{'index':1,'id':'b','function':{'name':'say','arguments':''}}"),
                  pieces("{'index':1,'function':{'arguments':'{}'}}"),
                  pieces("{'index':0,'function':{'arguments':'1}'}}")),
              List.of("a run {\"x\":1}", "b say {}")),
          new Calls(
              "whole calls in one chunk",
              List.of(
                  pieces(
                      "{'index':0,'id':'a','function':{'name':'run','arguments':'{}'}}",
                      "{'index':1,'id':'b','function':{'name':'run','arguments':'{}'}}")),
              List.of("a run {}", "b run {}")),
          new Calls(
              "whole calls that all have index 0",
              List.of(
                  pieces("{'index':0,'id':'a','function':{'name':'run','arguments':'{}'}}"),
                  pieces("{'index':0,'id':'b','function':{'name':'run','arguments':'{}'}}")),
              List.of("a run {}", "b run {}")),
          new Calls(
              "the same in one chunk, and without ids",
              List.of(
                  pieces(
                      "{'index':0,'function':{'name':'run','arguments':'{}'}}",
                      "{'index':0,'function':{'name':'run','arguments':'{}'}}")),
              List.of("call_id-2 run {}", "call_id-4 run {}")),
          new Calls(
              "without an index, with arguments as an object",
              List.of(
                  pieces(
                      "{'id':'','function':{'name':'run','arguments':{'x':1}}}",
                      "{'function':{'name':'say','arguments':{}}}")),
              List.of("call_id-2 run {\"x\":1}", "call_id-4 say {}")),
          new Calls(
              "in pieces without an index",
              List.of(
                  pieces("{'id':'a','function':{'name':'run','arguments':'{'}}"),
                  pieces("{'function':{'arguments':'}'}}"),
                  pieces("{'id':'b','function':{'name':'say','arguments':'{'}}"),
                  pieces("{'id':'b','function':{'arguments':'}'}}")),
              List.of("a run {}", "b say {}")),
          new Calls(
              "the id and the name with every piece",
              List.of(
                  pieces("{'index':0,'id':'a','function':{'name':'run','arguments':'{'}}"),
                  pieces("{'index':0,'id':'a','function':{'name':'run','arguments':'}'}}")),
              List.of("a run {}")),
          new Calls(
              "an id that the conversation has used, and one twice",
              List.of(
                  pieces("{'index':0,'id':'used','function':{'name':'run','arguments':'{}'}}"),
                  pieces("{'index':1,'id':'a','function':{'name':'run','arguments':'{}'}}"),
                  pieces("{'index':2,'id':'a','function':{'name':'run','arguments':'{}'}}")),
              List.of("call_id-2 run {}", "a run {}", "call_id-5 run {}")),
          new Calls(
              "no arguments at all",
              List.of(pieces("{'index':0,'id':'a','function':{'name':'run'}}")),
              List.of("a run {}")),
          new Calls(
              "nonsense",
              List.of(pieces("7", "null"), "{'choices':[{'delta':{'tool_calls':null}}]}"),
              List.of()));

  @ParameterizedTest
  @FieldSource("CALLS")
  void calls(Calls row) throws Exception {
    List<String> chunks = new ArrayList<>(row.chunks());
    chunks.add("{'choices':[{'delta':{},'finish_reason':'tool_calls'}]}");
    chunks.add(USAGE);
    List<ModelEvent> events = read(chunks, true);
    assertThat(events.removeLast()).isEqualTo(COMPLETED);
    assertThat(events.stream().map(ChatReaderTest::told)).isEqualTo(row.calls());
  }

  private static String told(ModelEvent event) {
    ResponseItem call = ((ModelEvent.ItemDone) event).item();
    return call.text("call_id") + " " + call.text("name") + " " + call.text("arguments");
  }

  @Test
  void thoughtsAndTextByTurns() throws Exception {
    assertThat(
            read(
                List.of(
                    "{'id':'x','choices':[{'delta':{'role':'assistant','content':''}}]}",
                    delta("reasoning_content", "I "),
                    delta("reasoning_content", "see"),
                    delta("content", "So"),
                    delta("content", "."),
                    delta("reasoning", "hm"),
                    "{'choices':[{'delta':{'content':[{'type':'text','text':'Yes'}]},"
                        + "'finish_reason':'stop'}]}",
                    "{'choices':[],'usage':{'prompt_tokens':7,'completion_tokens':3,"
                        + "'prompt_tokens_details':{'cached_tokens':2},"
                        + "'completion_tokens_details':{'reasoning_tokens':1}}}"),
                true))
        .containsExactly(
            new ModelEvent.ItemAdded(thought("rs_id-1", "")),
            new ModelEvent.ReasoningTextDelta("rs_id-1", 0, "I "),
            new ModelEvent.ReasoningTextDelta("rs_id-1", 0, "see"),
            new ModelEvent.ItemDone(thought("rs_id-1", "I see")),
            new ModelEvent.ItemAdded(message("msg_id-2", "")),
            new ModelEvent.OutputTextDelta("msg_id-2", "So"),
            new ModelEvent.OutputTextDelta("msg_id-2", "."),
            new ModelEvent.ItemDone(message("msg_id-2", "So.")),
            new ModelEvent.ItemAdded(thought("rs_id-3", "")),
            new ModelEvent.ReasoningTextDelta("rs_id-3", 0, "hm"),
            new ModelEvent.ItemDone(thought("rs_id-3", "hm")),
            new ModelEvent.ItemAdded(message("msg_id-4", "")),
            new ModelEvent.OutputTextDelta("msg_id-4", "Yes"),
            new ModelEvent.ItemDone(message("msg_id-4", "Yes")),
            new ModelEvent.Completed("x", new Breakdown(10, 7, 2, 0, 3, 1)));
  }

  /// No `[DONE]`, no usage, the whole message at once, something malformed in between.
  @Test
  void aSloppyServer() throws Exception {
    assertThat(
            read(
                List.of(
                    "oops",
                    "{'choices':null}",
                    "{'choices':[{'message':{'content':'Hello you'},'finish_reason':'stop'}]}"),
                false))
        .containsExactly(
            new ModelEvent.ItemAdded(message("msg_id-1", "")),
            new ModelEvent.OutputTextDelta("msg_id-1", "Hello you"),
            new ModelEvent.ItemDone(message("msg_id-1", "Hello you")),
            completed(28, 25, 0, 3, 0));
  }

  record Failing(List<String> chunks, Kind kind, String message, Retry retry) {}

  static final List<Failing> FAILING =
      List.of(
          new Failing(
              List.of(delta("content", "So")),
              Kind.OTHER,
              "the stream ended before [DONE]",
              new Retry.Backoff()),
          new Failing(
              List.of(
                  delta("content", "So"),
                  pieces("{'index':0,'id':'a','function':{'name':'run','arguments':'{'}}"),
                  "{'choices':[{'delta':{},'finish_reason':'length'}]}"),
              Kind.OTHER,
              "incomplete response, reason: length",
              new Retry.Never()),
          new Failing(
              List.of(
                  delta("content", "So"),
                  "{'error':{'message':'out of memory','type':'server_error','code':500}}"),
              Kind.OTHER,
              "the response failed: out of memory",
              new Retry.Backoff()),
          new Failing(
              List.of(delta("content", "So"), "{'error':'out of memory'}"),
              Kind.OTHER,
              "the response failed: out of memory",
              new Retry.Backoff()),
          new Failing(
              List.of(delta("content", "So"), "{'object':'error','message':'out of memory'}"),
              Kind.OTHER,
              "the response failed: out of memory",
              new Retry.Backoff()),
          new Failing(
              List.of(
                  delta("content", "So"),
                  "{'choices':[{'delta':{},'finish_reason':'error','error':{'message':'gone'}}]}"),
              Kind.OTHER,
              "the response failed: gone",
              new Retry.Backoff()),
          new Failing(
              List.of(
                  delta("content", "So"),
                  "{'error':{'type':'exceed_context_size_error','message':'too big'}}"),
              Kind.CONTEXT_WINDOW_EXCEEDED,
              "the conversation no longer fits into the model's context window; start a new thread",
              new Retry.Never()),
          new Failing(
              List.of(
                  delta("content", "So"),
                  "{'error':{'message':'Maximum context length is 4096 tokens'}}"),
              Kind.CONTEXT_WINDOW_EXCEEDED,
              "the conversation no longer fits into the model's context window; start a new thread",
              new Retry.Never()));

  @ParameterizedTest
  @FieldSource("FAILING")
  void failures(Failing row) {
    List<ModelEvent> events = new ArrayList<>();
    ModelException failure =
        catchThrowableOfType(ModelException.class, () -> read(row.chunks(), false, events));
    assertThat(failure.error()).isEqualTo(new TurnError(row.message(), row.kind(), null));
    assertThat(failure.retry()).isEqualTo(row.retry());
    assertThat(events)
        .startsWith(
            new ModelEvent.ItemAdded(message("msg_id-1", "")),
            new ModelEvent.OutputTextDelta("msg_id-1", "So"))
        .noneMatch(event -> event instanceof ModelEvent.ItemDone(var item) && item.isCall());
  }

  private static List<ModelEvent> read(List<String> chunks, boolean isMarked) throws Exception {
    List<ModelEvent> events = new ArrayList<>();
    read(chunks, isMarked, events);
    return events;
  }

  private static void read(List<String> chunks, boolean isMarked, List<ModelEvent> events)
      throws ModelException {
    AtomicInteger ids = new AtomicInteger();
    ChatTools tools = ChatTools.of(List.of(ModelRequests.json("{'type':'function','name':'run'}")));
    ChatReader reader =
        new ChatReader(
            new ChatAnswer(tools, () -> "id-" + ids.incrementAndGet(), Set.of("used")),
            100,
            new StreamFailures(new Failures(List.of())));
    for (String chunk : chunks) {
      events.addAll(reader.decode(chunk.replace('\'', '"')));
    }
    events.addAll(isMarked ? reader.decode("[DONE]") : reader.atEnd());
  }

  private static String pieces(String... pieces) {
    return "{'choices':[{'delta':{'tool_calls':[" + String.join(",", pieces) + "]}}]}";
  }

  private static String delta(String member, String text) {
    return "{'choices':[{'delta':{'" + member + "':'" + text + "'},'finish_reason':null}]}";
  }

  private static ModelEvent completed(
      long total, long input, long cached, long output, long thought) {
    return new ModelEvent.Completed("", new Breakdown(total, input, cached, 0, output, thought));
  }

  private static ResponseItem message(String id, String text) {
    String part = text.isEmpty() ? "" : "{'type':'output_text','text':'" + text + "'}";
    return new ResponseItem(
        ModelRequests.json(
            "{'type':'message','id':'%s','role':'assistant','content':[%s]}".formatted(id, part)));
  }

  private static ResponseItem thought(String id, String text) {
    String part = text.isEmpty() ? "" : "{'type':'reasoning_text','text':'" + text + "'}";
    return new ResponseItem(
        ModelRequests.json(
            "{'type':'reasoning','id':'%s','summary':[],'content':[%s]}".formatted(id, part)));
  }
}
