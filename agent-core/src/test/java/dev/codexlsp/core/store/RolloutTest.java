package dev.codexlsp.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.thread.CodexErrorInfo;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ReviewTarget;
import dev.codexlsp.core.thread.Turn;
import dev.codexlsp.core.thread.TurnError;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RolloutTest {
  private static final Path CWD = Path.of("/work");
  private static final String FILE_NAME =
      "rollout-2026-11-21T08-30-05-01a1fc40-9bc3-7602-82d1-59a95f395674.jsonl";

  @TempDir Path folder;
  Path home;
  Path file;
  Rollout rollout;

  @BeforeEach
  void open() {
    home = folder.resolve("home");
    file = home.resolve("sessions/2026/11/21").resolve(FILE_NAME);
    rollout = create();
  }

  @AfterEach
  void close() {
    rollout.close();
  }

  private Rollout create() {
    ZoneId tokyo = ZoneId.of("Asia/Tokyo");
    return new ThreadStore(home, new SteppingClock(Conversation.CREATED.plusSeconds(1), tokyo))
        .create(Conversation.meta(CWD, "openai"));
  }

  @Test
  void theWholeFile() throws Exception {
    Conversation.firstTurn(rollout, CWD);
    Conversation.fruitlessTurn(rollout, null);
    assertThat(Files.readString(file)).isEqualTo(resource("two-turns.jsonl"));
  }

  @Test
  void aShorterHistory() throws Exception {
    Conversation.compaction(rollout);
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.get(2))
        .endsWith(
            """
            "type":"compacted","payload":{"message":"In short:\\nhello was said","replacement_history":[\
            {"type":"message","role":"user","content":[{"type":"input_text","text":"Say hello"}]},\
            {"type":"message","role":"user","content":[{"type":"input_text","text":"In short:\\nhello was said"}]}],\
            "window_number":1,"first_window_id":"01a1fc40-9bc3-7602-82d1-59a95f395674",\
            "previous_window_id":"01a1fc40-9bc3-7602-82d1-59a95f395674",\
            "window_id":"01a1fc41-9bc3-7602-82d1-59a95f395674"}}\
            """);
    assertThat(lines.get(3)).endsWith("\"payload\":{\"type\":\"context_compacted\"}}");
  }

  static Stream<Arguments> targets() {
    return Stream.of(
        arguments(new ReviewTarget.UncommittedChanges(), "{\"type\":\"uncommittedChanges\"}"),
        arguments(
            new ReviewTarget.BaseBranch("main"), "{\"type\":\"baseBranch\",\"branch\":\"main\"}"),
        arguments(
            new ReviewTarget.Commit("1234567890", null),
            "{\"type\":\"commit\",\"sha\":\"1234567890\",\"title\":null}"),
        arguments(
            new ReviewTarget.Custom("look"), "{\"type\":\"custom\",\"instructions\":\"look\"}"));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void aReview(ReviewTarget target, String spelled) throws Exception {
    Conversation.review(rollout, target);
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.get(2))
        .endsWith(
            """
            "payload":{"type":"entered_review_mode","turn_id":"%s","item_id":"r1",\
            "target":%s,"user_facing_hint":"the label"}}\
            """
                .formatted(Conversation.SECOND, spelled));
    assertThat(lines.get(3))
        .endsWith(
            """
            "payload":{"type":"exited_review_mode","turn_id":"%s","item_id":"r2","review_output":{\
            "findings":[{"title":"[P1] Loses a line","body":"At the end.","confidence_score":0.0,\
            "priority":3,"code_location":{"absolute_file_path":"/w/a.py","line_range":{"start":3,"end":5}}}],\
            "overall_correctness":"patch is incorrect","overall_explanation":"It loses data.",\
            "overall_confidence_score":0.8}}}\
            """
                .formatted(Conversation.SECOND));
  }

  /// A reviewer may answer in words, or not at all.
  @Test
  void aReviewInWords() throws Exception {
    rollout.turnStarted(Conversation.turn(Conversation.SECOND, Turn.Status.IN_PROGRESS, null), 1);
    rollout.itemCompleted(new Item.ExitedReviewMode(new ItemId("r2"), "Fine.", null));
    assertThat(lines())
        .last()
        .asString()
        .endsWith(
            """
            "review_output":{"findings":[],"overall_correctness":"","overall_explanation":"Fine.",\
            "overall_confidence_score":0.0}}}\
            """);
  }

  @Test
  void aPlan() throws Exception {
    Conversation.plan(rollout);
    assertThat(Files.readAllLines(file).get(2))
        .contains(
            """
            "payload":{"type":"item_completed","thread_id":"%s","turn_id":"%s","item":{"type":"Plan",\
            "id":"%s-plan","text":"- one step\\n"},"started_at_ms":\
            """
                .formatted(Conversation.THREAD, Conversation.THIRD, Conversation.THIRD));
  }

  static Stream<Arguments> errors() {
    return Stream.of(
        arguments(
            new TurnError("no \"words\"", null, "details stay out"),
            """
            {"message":"no \\"words\\""}\
            """),
        arguments(
            new TurnError("full", CodexErrorInfo.Kind.CONTEXT_WINDOW_EXCEEDED, null),
            """
            {"message":"full","codex_error_info":"context_window_exceeded"}\
            """),
        arguments(
            new TurnError("refused", new CodexErrorInfo.HttpConnectionFailed(401), null),
            """
            {"message":"refused","codex_error_info":\
            {"http_connection_failed":{"http_status_code":401}}}\
            """),
        arguments(
            new TurnError("cut", new CodexErrorInfo.ResponseStreamDisconnected(null), null),
            """
            {"message":"cut","codex_error_info":\
            {"response_stream_disconnected":{"http_status_code":null}}}\
            """),
        arguments(
            new TurnError("busy", new CodexErrorInfo.ResponseTooManyFailedAttempts(429), null),
            """
            {"message":"busy","codex_error_info":\
            {"response_too_many_failed_attempts":{"http_status_code":429}}}\
            """));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void failedTurns(TurnError error, String json) throws Exception {
    Conversation.fruitlessTurn(rollout, error);
    assertThat(lines())
        .last()
        .isEqualTo(
            """
            {"timestamp":"2026-11-20T23:30:06.254Z","type":"event_msg","payload":\
            {"type":"task_complete","turn_id":"%s","last_agent_message":null,"error":%s,\
            "started_at":1795217405,"completed_at":1795217406,"duration_ms":1318}}\
            """
                .formatted(Conversation.SECOND, json));
  }

  @Test
  void nothingIsOnDiskBeforeTheFirstTurn() {
    assertThat(rollout.path()).isEqualTo(file);
    rollout.close();
    assertThat(home).doesNotExist();
  }

  @Test
  void eachCallIsOnDiskWhenItReturns() throws Exception {
    rollout.turnStarted(Conversation.turn(Conversation.FIRST, Turn.Status.IN_PROGRESS, null), 1);
    for (int i = 2; i < 50; i++) {
      assertThat(lines()).hasSize(i).last().asString().endsWith("}");
      assertThat(Files.readString(file)).endsWith("}\n");
      rollout.append(ResponseItem.message("user", "line\n" + "x".repeat(i * 1_000)));
    }
  }

  @Test
  void aKilledProcessLosesNothingAndLeavesNoLock() throws Exception {
    WriterProcess killed = WriterProcess.start(home);
    assertThat(killed.firstLine()).isEqualTo("writing");
    killed.kill();
    List<Path> files = files();
    assertThat(files).hasSize(1);
    assertThat(String.join("\n", Files.readAllLines(files.getFirst())).lines())
        .hasSize(19)
        .last()
        .asString()
        .contains("\"task_complete\"");
    WriterLock.acquire(home, Conversation.THREAD).close();
  }

  @Test
  void whatWeCreateIsForTheOwnerOnly() throws Exception {
    Conversation.firstTurn(rollout, CWD);
    try (Stream<Path> all = Files.walk(home)) {
      assertThat(all)
          .hasSize(9)
          .allSatisfy(path ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                  .as(path.toString())
                  .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
    }
  }

  @Test
  void foldersOfOthersStayAsTheyAre() throws Exception {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectories(home);
    Files.createSymbolicLink(home.resolve("sessions"), elsewhere);
    Conversation.firstTurn(rollout, CWD);
    assertThat(elsewhere.resolve("2026/11/21").resolve(FILE_NAME)).exists();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(elsewhere)))
        .isEqualTo("rwxr-xr-x");
  }

  @Test
  void aSecondWriterIsRefusedUntilTheFirstCloses() throws Exception {
    Conversation.firstTurn(rollout, CWD);
    String before = Files.readString(file);
    try (Rollout second = create()) {
      assertThatThrownBy(() -> Conversation.firstTurn(second, CWD))
          .isInstanceOf(ThreadInUseException.class)
          .hasMessage(refusal())
          .extracting(e -> ((ThreadInUseException) e).threadId())
          .isEqualTo(Conversation.THREAD);
    }
    WriterProcess refused = WriterProcess.start(home);
    assertThat(refused.firstLine()).isEqualTo(refusal());
    refused.kill();
    assertThat(files()).containsExactly(file);
    assertThat(Files.readString(file)).isEqualTo(before);

    rollout.close();
    assertThat(home.resolve("thread-writer-locks")).isDirectoryNotContaining("glob:**/0*.lock");
    WriterProcess granted = WriterProcess.start(home);
    assertThat(granted.firstLine()).isEqualTo("writing");
    granted.kill();
  }

  private static String refusal() {
    return "thread "
        + Conversation.THREAD
        + " already has an active writer, in another process or window";
  }

  @Test
  void aFileThatCannotBeCreatedIsToldAndTriedAgain() throws Exception {
    Files.createDirectories(home);
    Path inTheWay = Files.createFile(home.resolve("sessions"));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> Conversation.firstTurn(rollout, CWD))
          .isInstanceOf(StoreException.class)
          .hasMessageStartingWith("cannot create the rollout " + file + ": ");
    }
    Files.delete(inTheWay);
    Conversation.firstTurn(rollout, CWD);
    assertThat(lines()).hasSize(19);
  }

  @Test
  void aFileThatIsThereIsNotWrittenOver() throws Exception {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "precious\n");
    assertThatThrownBy(() -> Conversation.firstTurn(rollout, CWD))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("cannot create the rollout " + file + ": ");
    assertThat(file).hasContent("precious\n");
    WriterLock.acquire(home, Conversation.THREAD).close();
  }

  @Test
  void mistakesOfTheCaller() {
    assertThatThrownBy(() -> rollout.append(ResponseItem.message("user", "early")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no turn of thread " + Conversation.THREAD + " has been started");
    Turn running = Conversation.turn(Conversation.FIRST, Turn.Status.IN_PROGRESS, null);
    rollout.turnStarted(running, 1);
    assertThatThrownBy(() -> rollout.turnEnded(running, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("turn " + Conversation.FIRST + " has not ended");
  }

  @Test
  void datesAreThoseOfTheClocksZone() {
    ThreadStore utc =
        new ThreadStore(home, new SteppingClock(Conversation.CREATED, ZoneOffset.UTC));
    assertThat(utc.create(Conversation.meta(CWD, "openai")).path())
        .isEqualTo(
            home.resolve("sessions/2026/11/20")
                .resolve("rollout-2026-11-20T23-30-05-" + Conversation.THREAD + ".jsonl"));
  }

  private List<String> lines() throws Exception {
    return Files.readAllLines(file);
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> all = Files.walk(home.resolve("sessions"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static String resource(String name) throws Exception {
    try (InputStream in =
        Objects.requireNonNull(RolloutTest.class.getResourceAsStream("/store/" + name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
