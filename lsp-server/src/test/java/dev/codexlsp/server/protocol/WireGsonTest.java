package dev.codexlsp.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.thread.CodexErrorInfo;
import dev.codexlsp.core.thread.CommandAction;
import dev.codexlsp.core.thread.FileUpdateChange;
import dev.codexlsp.core.thread.FileUpdateChange.PatchChangeKind;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.RawJson;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.ThreadSnapshot;
import dev.codexlsp.core.thread.ThreadStatus;
import dev.codexlsp.core.thread.TokenUsage;
import dev.codexlsp.core.thread.ToolContent;
import dev.codexlsp.core.thread.Turn;
import dev.codexlsp.core.thread.TurnError;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.core.thread.TurnPlanStep;
import dev.codexlsp.core.thread.UserInput;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WireGsonTest {
  private static final ThreadId THREAD = new ThreadId("t");
  private static final TurnId TURN = new TurnId("u");
  private static final ItemId ITEM = new ItemId("i");

  record Sample(
      String text,
      int small,
      long large,
      boolean flag,
      @Nullable Integer maybe,
      List<UserInput> input,
      @Nullable ApprovalPolicy approvalPolicy,
      @Nullable SandboxPolicy sandbox,
      @Nullable Path cwd,
      @Nullable URI uri) {}

  private static String write(Object value, boolean nulls) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonWriter out = new JsonWriter(text)) {
      out.setSerializeNulls(nulls);
      WireGson.write(value, out);
    }
    return text.toString().replace('"', '\'');
  }

  private static ThreadSnapshot snapshot() {
    return new ThreadSnapshot(
        THREAD,
        THREAD,
        null,
        "",
        false,
        "legacy",
        "mock",
        "mock-model",
        null,
        1,
        2,
        3,
        new ThreadStatus.Idle(),
        Path.of("/home/r.jsonl"),
        Path.of("/home/ada/project"),
        "0.1.0",
        "probe",
        "vscode",
        true,
        null,
        List.of());
  }

  private static Turn turn(Turn.Status status, @Nullable TurnError error, Item... items) {
    return new Turn(TURN, List.of(items), Turn.ItemsView.SUMMARY, status, error, 5L, null, null);
  }

  static Stream<Arguments> records() {
    TokenUsage.Breakdown breakdown = new TokenUsage.Breakdown(1, 2, 3, 4, 5, 6);
    return Stream.of(
        Arguments.of(
            new ThreadEvent.ThreadStarted(snapshot()),
            "{'thread':{'id':'t','sessionId':'t','forkedFromId':null,'preview':'','ephemeral':false,"
                + "'historyMode':'legacy','modelProvider':'mock','model':'mock-model',"
                + "'reasoningEffort':null,'createdAt':1,'updatedAt':2,'recencyAt':3,"
                + "'status':{'type':'idle'},'path':'/home/r.jsonl','cwd':'/home/ada/project',"
                + "'cliVersion':'0.1.0','originator':'probe','source':'vscode',"
                + "'canAcceptDirectInput':true,'name':null,'turns':[]}}"),
        Arguments.of(
            new ThreadEvent.ThreadStatusChanged(
                THREAD,
                new ThreadStatus.Active(List.of(ThreadStatus.ActiveFlag.WAITING_ON_APPROVAL))),
            "{'threadId':'t','status':{'type':'active','activeFlags':['waitingOnApproval']}}"),
        Arguments.of(
            new ThreadEvent.ThreadStatusChanged(THREAD, new ThreadStatus.SystemError()),
            "{'threadId':'t','status':{'type':'systemError'}}"),
        Arguments.of(
            new ThreadEvent.TurnCompleted(
                THREAD,
                turn(Turn.Status.COMPLETED, null, new Item.AgentMessage(ITEM, "Hi <b>", null))),
            "{'threadId':'t','turn':{'id':'u','items':[{'type':'agentMessage','id':'i',"
                + "'text':'Hi <b>','phase':null}],'itemsView':'summary','status':'completed',"
                + "'error':null,'startedAt':5,'completedAt':null,'durationMs':null}}"),
        Arguments.of(
            new ThreadEvent.TurnStarted(
                THREAD,
                turn(
                    Turn.Status.FAILED,
                    new TurnError(
                        "no", new CodexErrorInfo.ResponseTooManyFailedAttempts(429), null))),
            "{'threadId':'t','turn':{'id':'u','items':[],'itemsView':'summary','status':'failed',"
                + "'error':{'message':'no','codexErrorInfo':{'responseTooManyFailedAttempts':"
                + "{'httpStatusCode':429}},'additionalDetails':null},'startedAt':5,"
                + "'completedAt':null,'durationMs':null}}"),
        Arguments.of(
            new ThreadEvent.ItemStarted(
                THREAD,
                TURN,
                new Item.CommandExecution(
                    ITEM,
                    "/bin/bash -lc ls",
                    Path.of("/home/ada/project"),
                    null,
                    Item.Source.UNIFIED_EXEC_STARTUP,
                    Item.CommandStatus.IN_PROGRESS,
                    List.of(
                        new CommandAction.Unknown("ls"),
                        new CommandAction.Read("cat a", "a", Path.of("/home/ada/project/a")),
                        new CommandAction.ListFiles("ls src", "src"),
                        new CommandAction.Search("rg x", "x", null)),
                    null,
                    null,
                    null),
                7),
            "{'threadId':'t','turnId':'u','item':{'type':'commandExecution','id':'i',"
                + "'command':'/bin/bash -lc ls','cwd':'/home/ada/project','processId':null,"
                + "'source':'unifiedExecStartup','status':'inProgress',"
                + "'commandActions':[{'type':'unknown','command':'ls'},"
                + "{'type':'read','command':'cat a','name':'a','path':'/home/ada/project/a'},"
                + "{'type':'listFiles','command':'ls src','path':'src'},"
                + "{'type':'search','command':'rg x','query':'x','path':null}],"
                + "'aggregatedOutput':null,"
                + "'exitCode':null,'durationMs':null},'startedAtMs':7}"),
        Arguments.of(
            new ThreadEvent.ItemCompleted(
                THREAD,
                TURN,
                new Item.UserMessage(ITEM, "mine", List.of(new UserInput.Text("first"))),
                8),
            "{'threadId':'t','turnId':'u','item':{'type':'userMessage','id':'i','clientId':'mine',"
                + "'content':[{'type':'text','text':'first','text_elements':null}]},'completedAtMs':8}"),
        Arguments.of(
            new ThreadEvent.ItemCompleted(
                THREAD, TURN, new Item.Reasoning(ITEM, List.of("a", "b"), List.of()), 9),
            "{'threadId':'t','turnId':'u','item':{'type':'reasoning','id':'i',"
                + "'summary':['a','b'],'content':[]},'completedAtMs':9}"),
        Arguments.of(
            new ThreadEvent.ReasoningSummaryTextDelta(THREAD, TURN, ITEM, "x", 1),
            "{'threadId':'t','turnId':'u','itemId':'i','delta':'x','summaryIndex':1}"),
        Arguments.of(
            new ThreadEvent.TokenUsageUpdated(
                THREAD, TURN, new TokenUsage(breakdown, breakdown, 258_400L)),
            "{'threadId':'t','turnId':'u','tokenUsage':{'total':{'totalTokens':1,'inputTokens':2,"
                + "'cachedInputTokens':3,'cacheWriteInputTokens':4,'outputTokens':5,"
                + "'reasoningOutputTokens':6},'last':{'totalTokens':1,'inputTokens':2,"
                + "'cachedInputTokens':3,'cacheWriteInputTokens':4,'outputTokens':5,"
                + "'reasoningOutputTokens':6},'modelContextWindow':258400}}"),
        Arguments.of(
            new ThreadEvent.ErrorOccurred(
                THREAD, TURN, new TurnError("m", CodexErrorInfo.Kind.SERVER_OVERLOADED, "d"), true),
            "{'threadId':'t','turnId':'u','error':{'message':'m',"
                + "'codexErrorInfo':'serverOverloaded','additionalDetails':'d'},'willRetry':true}"),
        Arguments.of(
            new TurnError("m", new CodexErrorInfo.HttpConnectionFailed(null), null),
            "{'message':'m','codexErrorInfo':{'httpConnectionFailed':{'httpStatusCode':null}},"
                + "'additionalDetails':null}"),
        Arguments.of(
            new TurnError("m", new CodexErrorInfo.ResponseStreamDisconnected(502), null),
            "{'message':'m','codexErrorInfo':{'responseStreamDisconnected':{'httpStatusCode':502}},"
                + "'additionalDetails':null}"),
        Arguments.of(
            new ThreadEvent.ItemCompleted(
                THREAD,
                TURN,
                new Item.FileChange(
                    ITEM,
                    List.of(
                        new FileUpdateChange(Path.of("/a"), new PatchChangeKind.Add(), "x\n"),
                        new FileUpdateChange(
                            Path.of("/b"), new PatchChangeKind.Update(Path.of("/c")), "@@"),
                        new FileUpdateChange(
                            Path.of("/d"), new PatchChangeKind.Update(null), "@@")),
                    Item.PatchStatus.DECLINED),
                9),
            "{'threadId':'t','turnId':'u','item':{'type':'fileChange','id':'i','changes':["
                + "{'path':'/a','kind':{'type':'add'},'diff':'x\\n'},"
                + "{'path':'/b','kind':{'type':'update','move_path':'/c'},'diff':'@@'},"
                + "{'path':'/d','kind':{'type':'update','move_path':null},'diff':'@@'}],"
                + "'status':'declined'},'completedAtMs':9}"),
        Arguments.of(
            new ThreadEvent.ItemStarted(
                THREAD,
                TURN,
                new Item.DynamicToolCall(
                    ITEM,
                    "n",
                    "lookup",
                    new RawJson("{'a':[1.0,null]}".replace('\'', '"')),
                    Item.ToolStatus.FAILED,
                    List.of(new ToolContent.InputText("t"), new ToolContent.InputImage("data:,")),
                    false,
                    3L),
                9),
            "{'threadId':'t','turnId':'u','item':{'type':'dynamicToolCall','id':'i',"
                + "'namespace':'n','tool':'lookup','arguments':{'a':[1.0,null]},"
                + "'status':'failed','contentItems':[{'type':'inputText','text':'t'},"
                + "{'type':'inputImage','imageUrl':'data:,'}],'success':false,'durationMs':3},"
                + "'startedAtMs':9}"),
        Arguments.of(
            new ThreadEvent.TurnPlanUpdated(
                THREAD,
                TURN,
                null,
                List.of(new TurnPlanStep("s", TurnPlanStep.Status.IN_PROGRESS))),
            "{'threadId':'t','turnId':'u','explanation':null,"
                + "'plan':[{'step':'s','status':'inProgress'}]}"),
        Arguments.of(new ServerRequestResolved(THREAD, 4), "{'threadId':'t','requestId':4}"),
        Arguments.of(
            new Sample(
                "a",
                1,
                Long.MAX_VALUE,
                true,
                null,
                List.of(),
                ApprovalPolicy.ON_REQUEST,
                new SandboxPolicy.WorkspaceWrite(List.of(Path.of("/w")), true, false, false),
                Path.of("/gr\u00fc\u00df"),
                URI.create("file:///x")),
            "{'text':'a','small':1,'large':9223372036854775807,'flag':true,'maybe':null,'input':[],"
                + "'approvalPolicy':'on-request','sandbox':{'type':'workspaceWrite',"
                + "'writableRoots':['/w'],'networkAccess':true,'excludeTmpdirEnvVar':false,"
                + "'excludeSlashTmp':false},'cwd':'/gr\u00fc\u00df','uri':'file:///x'}"),
        Arguments.of(
            new Sample(
                "a",
                1,
                2,
                false,
                3,
                List.of(),
                ApprovalPolicy.UNTRUSTED,
                new SandboxPolicy.DangerFullAccess(),
                null,
                null),
            "{'text':'a','small':1,'large':2,'flag':false,'maybe':3,'input':[],"
                + "'approvalPolicy':'untrusted','sandbox':{'type':'dangerFullAccess'},"
                + "'cwd':null,'uri':null}"));
  }

  /// To JSON with its nulls, to JSON without them, and back from both.
  @ParameterizedTest
  @MethodSource("records")
  void roundTrip(Object value, String json) throws IOException {
    assertThat(write(value, true)).isEqualTo(json);
    String short_ = write(value, false);
    assertThat(short_).isEqualTo(json.replaceAll(",'\\w+':null", "").replaceAll("'\\w+':null", ""));
    for (String text : List.of(json, short_)) {
      assertThat(
              (Object)
                  WireGson.decode(
                      JsonParser.parseString(text.replace('\'', '"')), value.getClass()))
          .isEqualTo(value);
    }
  }
}
