package dev.codexlsp.server.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.server.lsp.ClientProfile;
import dev.codexlsp.server.lsp.Lifecycle;
import dev.codexlsp.server.lsp.LifecycleHandlers;
import dev.codexlsp.server.lsp.ParentWatch;
import dev.codexlsp.server.lsp.ServerFacts;
import dev.codexlsp.server.protocol.Row.ClientRequest;
import dev.codexlsp.server.protocol.WireGson;
import dev.codexlsp.server.rpc.Connection;
import dev.codexlsp.server.rpc.Refusal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {
  record PingParams(ThreadId threadId, @Nullable String note) {}

  record PingResponse(String text) {}

  private static final ClientRequest<PingParams, PingResponse> PING =
      new ClientRequest<>("thread/ping", PingParams.class, PingResponse.class);

  private final List<String> seen = new ArrayList<>();
  private final Connection connection =
      new Connection(
          new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream(), WireGson::write);
  private final Lifecycle lifecycle = new Lifecycle();
  private final LifecycleHandlers session =
      new LifecycleHandlers(
          new ServerFacts("1.2.3", Path.of("/home/me/.codex"), "Linux", "6.1", "amd64"),
          connection,
          lifecycle,
          new ParentWatch(() -> seen.add("parent gone")));
  private final Bindings sessionBindings =
      new Bindings()
          .lspRequest("initialize", JsonElement.class, session::initialize)
          .lspRequest("shutdown", JsonElement.class, session::shutdown)
          .lspNotification("exit", JsonElement.class, params -> seen.add("exit"))
          .lspNotification("told", PingParams.class, params -> seen.add("told " + params));
  private final Routes routes =
      new Routes(
          sessionBindings,
          () -> {
            seen.add("agent bound");
            return new Bindings().request(PING, this::ping);
          },
          lifecycle);

  private CompletableFuture<PingResponse> ping(PingParams params) {
    return CompletableFuture.completedFuture(new PingResponse("pong " + params));
  }

  private static JsonElement json(String text) {
    return JsonParser.parseString(text.replace('\'', '"'));
  }

  private void reach(String stage) {
    if (!stage.equals("new")) {
      routes.request("initialize", json("{}")).join();
    }
    if (stage.equals("shut down")) {
      routes.request("shutdown", null).join();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "new         | codex/thread/ping | -32002 | Not initialized",
        "new         | shutdown          | -32002 | Not initialized",
        "new         | nonsense          | -32002 | Not initialized",
        "initialized | initialize        | -32600 | Already initialized",
        "initialized | nonsense          | -32601 | unknown method `nonsense`",
        "initialized | thread/ping       | -32601 | unknown method `thread/ping`",
        "initialized | $/nonsense        | -32601 | unknown method `$/nonsense`",
        "initialized | codex/thread/ping | -32600 | Invalid request: missing field `threadId`",
        "shut down   | initialize        | -32600 | the server is shut down",
        "shut down   | shutdown          | -32600 | the server is shut down",
        "shut down   | nonsense          | -32600 | the server is shut down",
      })
  void refusesRequests(String stage, String method, int code, String message) {
    reach(stage);
    assertThatThrownBy(() -> routes.request(method, null))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code))
        .hasMessage(message);
  }

  @Test
  void takesRequestsToTheirHandlers() {
    reach("initialized");
    assertThat(routes.request("codex/thread/ping", json("{'threadId':'t','more':[1]}")))
        .isCompletedWithValueMatching(
            new PingResponse("pong PingParams[threadId=t, note=null]")::equals);
    assertThatThrownBy(() -> routes.request("codex/thread/ping", json("{'threadId':7}")))
        .hasMessage("Invalid request: expected a string, found a number in `threadId`");
    assertThatThrownBy(() -> routes.request("codex/thread/ping", json("[1]")))
        .hasMessage("Invalid request: expected an object, found an array");
  }

  @Test
  void notificationsAreHeardWhenTheyMayComeAndNeverFail() {
    routes.notify("told", json("{'threadId':'too early'}"));
    reach("initialized");
    routes.notify("told", json("{'threadId':'t'}"));
    routes.notify("told", json("{}"));
    routes.notify("$/setTrace", json("{'value':'off'}"));
    routes.notify("nonsense", null);
    routes.request("shutdown", null).join();
    routes.notify("told", json("{'threadId':'too late'}"));
    routes.notify("exit", null);
    assertThat(seen).containsExactly("told PingParams[threadId=t, note=null]", "exit");
  }

  @Test
  void exitIsHeardAtOnce() {
    routes.notify("exit", null);
    assertThat(seen).containsExactly("exit");
    assertThat(lifecycle.exitStatus()).isEqualTo(1);
    reach("shut down");
    assertThat(lifecycle.exitStatus()).isZero();
  }

  @Test
  void handlersOfTheAgentAreMadeWithTheFirstRequestToIt() {
    reach("initialized");
    routes.notify("told", json("{'threadId':'t'}"));
    routes.notify("nonsense", null);
    assertThat(seen).containsExactly("told PingParams[threadId=t, note=null]");
    routes.request("codex/thread/ping", json("{'threadId':'t'}")).join();
    routes.request("codex/thread/ping", json("{'threadId':'t'}")).join();
    assertThat(seen).containsExactly("told PingParams[threadId=t, note=null]", "agent bound");
  }

  @Test
  void everyRowHasExactlyOneHandler() {
    Bindings bindings = new Bindings().request(PING, this::ping);
    assertThat(bindings.requireExactly(List.of(PING))).isSameAs(bindings);
    assertThatThrownBy(() -> bindings.requireExactly(List.of()))
        .hasMessage("bound [codex/thread/ping], but the table has []");
    ClientRequest<PingParams, PingResponse> other =
        new ClientRequest<>("thread/pong", PingParams.class, PingResponse.class);
    assertThatThrownBy(() -> bindings.requireExactly(List.of(PING, other)))
        .hasMessageContaining("the table has [codex/thread/ping, codex/thread/pong]");
    assertThatThrownBy(() -> bindings.request(PING, this::ping))
        .hasMessage("bound twice: codex/thread/ping");
  }

  @Test
  void aFailedInitializeMayBeTriedAgain() {
    JsonElement bad = json("{'initializationOptions':{'codex':{'approvals':'yes'}}}");
    assertThatThrownBy(() -> routes.request("initialize", bad))
        .hasMessage(
            "Invalid request: `initializationOptions.codex`:"
                + " expected a boolean, found a string in `approvals`");
    assertThatThrownBy(session::client).hasMessage("Not initialized");
    reach("initialized");
    assertThat(session.client())
        .isEqualTo(
            new ClientProfile("unknown", "", null, null, List.of(), false, false, false, Set.of()));
  }

  @Test
  void introducesTheServer() {
    Object result =
        routes.request("initialize", json("{'clientInfo':{'name':'probe','version':'7'}}")).join();
    assertThat(result)
        .isEqualTo(
            json(
                """
                {'capabilities':{
                  'textDocumentSync':0,
                  'executeCommandProvider':{'commands':['codex.ask','codex.interrupt']},
                  'workspace':{'workspaceFolders':{'supported':true}},
                  'experimental':{'codex':{
                    'protocolVersion':1,
                    'userAgent':'codex-lsp/1.2.3 (Linux 6.1; amd64) probe/7',
                    'codexHome':'/home/me/.codex',
                    'platformFamily':'unix',
                    'platformOs':'linux',
                    'methods':['codex/account/login/cancel','codex/account/login/start',
                        'codex/account/logout','codex/account/read',
                        'codex/collaborationMode/list','codex/config/batchWrite',
                        'codex/config/read','codex/config/value/write',
                        'codex/model/list','codex/modelProvider/list',
                        'codex/review/start','codex/skills/config/write',
                        'codex/skills/extraRoots/set','codex/skills/list',
                        'codex/thread/backgroundTerminals/clean','codex/thread/backgroundTerminals/list',
                        'codex/thread/backgroundTerminals/terminate','codex/thread/compact/start',
                        'codex/thread/settings/update','codex/thread/start',
                        'codex/turn/interrupt','codex/turn/start',
                        'codex/turn/steer']}}},
                 'serverInfo':{'name':'codex-lsp','version':'1.2.3'}}
                """));
  }
}
