package dev.codexlsp.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.core.model.ContextWindow;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ReviewTarget;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TokenUsage;
import dev.codexlsp.core.thread.Turn;
import dev.codexlsp.core.thread.UserInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What comes out of the lines of a rollout, whole, damaged, ours and the original's.
class RolloutReaderTest {
  private static final Clock CLOCK = Clock.fixed(Conversation.CREATED, ZoneOffset.UTC);
  private static final String ID = Conversation.THREAD.value();
  private static final String META =
      """
      {"timestamp":"2026-11-20T23:30:05.250Z","type":"session_meta","payload":{"id":"%s",\
      "timestamp":"2026-11-20T23:30:05.250Z","cwd":"/srv/x","originator":"codex_exec",\
      "cli_version":"0.169.0","source":"exec","model_provider":"mock",\
      "base_instructions":{"text":"Be brief."}}}\
      """
          .formatted(ID);
  private static final String NUMBERED =
      META.replace(
              "{\"timestamp\":\"2026-11-20T23:30:05.250Z\",\"type\"", "{\"ordinal\":0,\"type\"")
          .replace("\"source\"", "\"history_mode\":\"paginated\",\"source\"");

  @TempDir Path home;
  private ThreadStore store;
  private Path file;

  @BeforeEach
  void open() throws Exception {
    store = new ThreadStore(home, CLOCK);
    Path folder = Files.createDirectories(home.resolve("sessions/2026/11/20"));
    file = folder.resolve("rollout-2026-11-20T23-30-05-" + ID + ".jsonl");
  }

  private StoredThread read(String... lines) throws Exception {
    Files.writeString(file, String.join("\n", lines) + "\n");
    return store.read(Conversation.THREAD);
  }

  private static String said(String role, String text) {
    return """
    {"type":"response_item","payload":{"type":"message","role":"%s",\
    "content":[{"type":"input_text","text":"%s"}]}}\
    """
        .formatted(role, text);
  }

  private static String event(String payload) {
    return "{\"type\":\"event_msg\",\"payload\":{" + payload + "}}";
  }

  private static final String TURN = event("\"type\":\"task_started\",\"turn_id\":\"t\"");

  private static List<String> texts(StoredThread thread) {
    return thread.history().stream()
        .map(item -> item.text("role") + ": " + String.join("", item.texts("content")))
        .toList();
  }

  @Test
  void whatOneRolloutWroteAnotherReads() {
    Rollout written = store.create(Conversation.meta(Path.of("/srv/x"), "mock"));
    Conversation.firstTurn(written, Path.of("/srv/x"));
    written.close();

    StoredThread read = store.read(Conversation.THREAD);

    assertThat(read.meta()).isEqualTo(Conversation.meta(Path.of("/srv/x"), "mock"));
    assertThat(read.preview()).isEqualTo("Say hello, Grüße \"quoted\"");
    assertThat(read.history())
        .extracting(ResponseItem::type)
        .containsExactly(
            "message",
            "message",
            "message",
            "reasoning",
            "message",
            "function_call",
            "function_call_output",
            "message");
    TokenUsage.Breakdown last = new TokenUsage.Breakdown(15, 10, 4, 3, 5, 2);
    assertThat(read.usage()).isEqualTo(new TokenUsage(last.plus(last), last, 258_400L));
  }

  static Stream<Arguments> damages() {
    String hello = said("user", "hello");
    return Stream.of(
        Arguments.of("nothing", List.of(hello), List.of("user: hello")),
        Arguments.of("a cut line", List.of("{\"type\":\"respo", hello), List.of("user: hello")),
        Arguments.of("no JSON object", List.of("[1]", "7", "", hello), List.of("user: hello")),
        Arguments.of(
            "unknown kinds",
            List.of(
                "{\"type\":\"world_state\",\"payload\":{}}",
                "{\"type\":\"new\"}",
                event("\"type\":\"new\""),
                hello),
            List.of("user: hello")),
        Arguments.of(
            "an empty compaction",
            List.of(
                hello,
                said("assistant", "hi"),
                "{\"type\":\"compacted\",\"payload\":{\"message\":\"short\"}}"),
            List.of("user: hello", "user: short")),
        Arguments.of(
            "a compaction",
            List.of(
                hello,
                """
                {"type":"compacted","payload":{"message":"m","replacement_history":[
                """
                        .strip()
                    + "{\"type\":\"message\",\"role\":\"user\",\"content\":"
                    + "[{\"type\":\"input_text\",\"text\":\"new\"}]}]}}",
                said("user", "next")),
            List.of("user: new", "user: next")),
        Arguments.of(
            "a roll-back",
            List.of(
                TURN,
                hello,
                TURN,
                said("user", "two"),
                TURN,
                said("user", "three"),
                event("\"type\":\"thread_rolled_back\",\"num_turns\":2"),
                TURN,
                said("user", "four")),
            List.of("user: hello", "user: four")),
        Arguments.of(
            "a roll-back of more than there is",
            List.of(TURN, hello, event("\"type\":\"thread_rolled_back\",\"num_turns\":9000000000")),
            List.of()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damages")
  void historyOf(String what, List<String> lines, List<String> expected) throws Exception {
    String[] all = Stream.concat(Stream.of(META), lines.stream()).toArray(String[]::new);
    assertThat(texts(read(all))).as(what).isEqualTo(expected);
  }

  @Test
  void aCompactionBeginsAWindowAndMakesTheLastUsageOld() throws Exception {
    String used =
        event(
            "\"type\":\"token_count\",\"info\":{\"total_token_usage\":{\"total_tokens\":9},"
                + "\"last_token_usage\":{\"total_tokens\":5},\"model_context_window\":100}");
    StoredThread thread =
        read(
            META,
            said("user", "hello"),
            used,
            """
            {"type":"compacted","payload":{"message":"m","replacement_history":[],\
            "window_number":2,"first_window_id":"a","previous_window_id":"b","window_id":"c"}}\
            """);

    assertThat(thread.window()).isEqualTo(new ContextWindow(2, "a", "b", "c"));
    assertThat(thread.usage())
        .isEqualTo(
            new TokenUsage(
                new TokenUsage.Breakdown(9, 0, 0, 0, 0, 0), TokenUsage.Breakdown.ZERO, 100L));
  }

  @Test
  void whatTheOriginalAddsForItselfIsNotSent() throws Exception {
    StoredThread thread =
        read(
            META,
            """
            {"type":"response_item","payload":{"type":"reasoning","id":"r",\
            "internal_chat_message_metadata_passthrough":{"turn_id":"t"}},"metadata":{}}\
            """);
    assertThat(thread.history())
        .extracting(item -> item.json().toString())
        .containsExactly("{\"type\":\"reasoning\",\"id\":\"r\"}");
  }

  @Test
  void aFileWithoutItsFirstLineIsRefused() {
    assertThatThrownBy(() -> read(said("user", "hello")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("does not say whose it is");
  }

  @Test
  void aNumberedFileWithoutNumbersIsRefused() {
    assertThatThrownBy(() -> read(NUMBERED.replace("\"ordinal\":0,", "")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("have lost their numbers");
  }

  @Test
  void anUnknownThreadIsRefused() {
    assertThatThrownBy(() -> store.read(new ThreadId("01a1fc40-9bc3-7602-82d1-59a95f39567f")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no rollout found");
    assertThatThrownBy(() -> store.readLatest(Path.of("/srv/x")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no thread has been begun in /srv/x");
  }

  @Test
  void theLatestOfTheDirectoryIsFound() throws Exception {
    Files.writeString(file, META + "\n");
    String later = "01a1fc40-9bc3-7602-82d1-59a95f395675";
    String elsewhere = "01a1fc40-9bc3-7602-82d1-59a95f395676";
    Path folder = Files.createDirectories(home.resolve("sessions/2026/11/21"));
    Files.writeString(
        folder.resolve("rollout-2026-11-21T00-00-00-" + later + ".jsonl"),
        META.replace(ID, later) + "\n");
    Files.writeString(
        folder.resolve("rollout-2026-11-21T00-00-01-" + elsewhere + ".jsonl"),
        META.replace(ID, elsewhere).replace("/srv/x", "/srv/y") + "\n");
    Files.writeString(folder.resolve("rollout-2026-11-21T00-00-02-.jsonl"), "no name");

    assertThat(store.readLatest(Path.of("/srv/x")).meta().id().value()).isEqualTo(later);
  }

  private static void turn(Rollout rollout) {
    rollout.turnStarted(
        Conversation.turn(Conversation.SECOND, Turn.Status.IN_PROGRESS, null), 1000);
    rollout.itemCompleted(
        new Item.UserMessage(new ItemId("u"), null, List.of(new UserInput.Text("more"))));
    rollout.append(ResponseItem.message("user", "more"));
    rollout.close();
  }

  @Test
  void linesOfANumberedFileAreNumberedOn() throws Exception {
    turn(read(NUMBERED, "{\"ordinal\":7,\"type\":\"world_state\",\"payload\":{}}").rollout());

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(5);
    assertThat(lines.get(2)).contains("\"ordinal\":8,", "task_started");
    assertThat(lines.get(3))
        .contains("\"ordinal\":9,", "item_completed", "\"type\":\"UserMessage\",\"id\":\"u\"");
    assertThat(lines.get(4)).contains("\"ordinal\":10,", "response_item");
    assertThat(texts(store.read(Conversation.THREAD))).containsExactly("user: more");
  }

  /// What a client was shown of reviews, plans and compactions are items there, and what the model
  /// has to be told again is read from either kind of file.
  @Test
  void reviewsPlansAndSummariesAreItemsOfANumberedFile() throws Exception {
    Rollout rollout = read(NUMBERED).rollout();
    Conversation.review(rollout, new ReviewTarget.Custom("look"));
    Conversation.plan(rollout);
    assertThat(texts(store.read(Conversation.THREAD)))
        .containsExactly(
            "assistant: It loses data.",
            "assistant: <proposed_plan>\n- one step\n</proposed_plan>");
    Conversation.compaction(rollout);
    rollout.itemCompleted(new Item.ContextCompaction(new ItemId("c1")));
    rollout.close();

    assertThat(Files.readAllLines(file))
        .filteredOn(line -> line.contains("item_completed"))
        .extracting(line ->
            line.replaceAll(".*\"item\":\\{\"type\":\"(\\w+)\",\"id\":\"([^\"]+)\".*", "$1 $2"))
        .containsExactly(
            "EnteredReviewMode r1",
            "ExitedReviewMode r2",
            "AgentMessage msg_3",
            "Plan " + Conversation.THIRD + "-plan",
            "ContextCompaction c1");
    assertThat(Files.readString(file)).doesNotContain("context_compacted", "_review_mode");
  }

  @Test
  void reviewsAndPlansDoNotDisturbWhoGoesOn() throws Exception {
    Rollout rollout = read(META).rollout();
    Conversation.review(rollout, new ReviewTarget.UncommittedChanges());
    Conversation.plan(rollout);
    rollout.close();
    assertThat(texts(store.read(Conversation.THREAD)))
        .containsExactly(
            "assistant: It loses data.",
            "assistant: <proposed_plan>\n- one step\n</proposed_plan>");
  }

  @Test
  void aLineThatWasCutOffIsClosedOffFirst() throws Exception {
    Files.writeString(file, META + "\n{\"type\":\"resp");
    turn(store.read(Conversation.THREAD).rollout());

    assertThat(Files.readAllLines(file).get(1)).isEqualTo("{\"type\":\"resp");
    assertThat(texts(store.read(Conversation.THREAD))).containsExactly("user: more");
  }

  @Test
  void whoReadBeforeSomebodyElseWroteDoesNotGoOn() throws Exception {
    StoredThread read = read(META, said("user", "hello"));
    turn(store.read(Conversation.THREAD).rollout());

    assertThatThrownBy(() -> turn(read.rollout()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("somebody has gone on with the thread");
  }
}
