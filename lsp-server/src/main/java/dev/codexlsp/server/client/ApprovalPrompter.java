package dev.codexlsp.server.client;

import com.google.gson.JsonElement;
import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.ApprovalRequest;
import dev.codexlsp.core.approval.Approver;
import dev.codexlsp.core.approval.Decision;
import dev.codexlsp.core.approval.DynamicToolRequest;
import dev.codexlsp.core.approval.PermissionsRequest;
import dev.codexlsp.core.approval.PermissionsRequest.Scope;
import dev.codexlsp.core.approval.ServerRequest;
import dev.codexlsp.core.approval.UserInputRequest;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.ThreadListener;
import dev.codexlsp.exec.json.WireException;
import dev.codexlsp.server.lsp.ClientProfile;
import dev.codexlsp.server.protocol.ApprovalResponse;
import dev.codexlsp.server.protocol.DynamicToolResponse;
import dev.codexlsp.server.protocol.Methods;
import dev.codexlsp.server.protocol.PermissionsResponse;
import dev.codexlsp.server.protocol.Row;
import dev.codexlsp.server.protocol.ServerRequestResolved;
import dev.codexlsp.server.protocol.UserInputResponse;
import dev.codexlsp.server.protocol.WireGson;
import dev.codexlsp.server.rpc.ClientEndpoint;
import dev.codexlsp.server.rpc.SentRequest;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/// Asks one client, and the human behind it: by our own requests where the client answers them,
/// else by messages with buttons. Whatever is not a clear answer is passed on as a failure, which
/// counts as a refusal.
public final class ApprovalPrompter implements Approver, ThreadListener {
  private static final String MESSAGE = "window/showMessageRequest";

  private static final Answer CANNOT_ASK = new Answer.Failed("the editor cannot show the question");
  static final Answer NOT_UNDERSTOOD = new Answer.Failed("the answer was not understood");

  private final ClientEndpoint client;
  private final ClientProfile profile;
  private final Messages messages;
  private final MessageQuestions byMessage;

  /// The requests that the client has once answered by "unknown method"; it is not sent them again,
  /// but others are: who shows commands need not show changes of files.
  private final Set<String> unknown = ConcurrentHashMap.newKeySet();

  public ApprovalPrompter(ClientEndpoint client, ClientProfile profile) {
    this.client = client;
    this.profile = profile;
    this.messages = new Messages(client);
    this.byMessage = new MessageQuestions(client, failure -> failed(MESSAGE, failure));
  }

  /// A question about files names its item only; whoever asks by messages has to know what is in
  /// it.
  @Override
  public void onEvent(ThreadEvent event) {
    byMessage.onEvent(event);
  }

  @Override
  public Question ask(ServerRequest request, Consumer<Answer> answer) {
    if (unknown.contains(profile.approvals() ? row(request).name() : MESSAGE)) {
      answer.accept(CANNOT_ASK);
      return () -> {};
    }
    return profile.approvals() ? askByRequest(request, answer) : byMessage.ask(request, answer);
  }

  private Question askByRequest(ServerRequest request, Consumer<Answer> answer) {
    String name = row(request).name();
    SentRequest sent = client.send(Methods.LSP_PREFIX + name, request);
    sent.onAnswer(
        result -> answer.accept(read(request, result)),
        failure -> answer.accept(failed(name, failure)));
    return () -> {
      sent.withdraw();
      notifyResolved(request.threadId(), sent.id());
    };
  }

  private static Row row(ServerRequest request) {
    return switch (request) {
      case ApprovalRequest.Command _ -> Methods.COMMAND_EXECUTION_REQUEST_APPROVAL;
      case ApprovalRequest.FileChange _ -> Methods.FILE_CHANGE_REQUEST_APPROVAL;
      case PermissionsRequest _ -> Methods.PERMISSIONS_REQUEST_APPROVAL;
      case UserInputRequest _ -> Methods.TOOL_REQUEST_USER_INPUT;
      case DynamicToolRequest _ -> Methods.TOOL_CALL;
    };
  }

  private void notifyResolved(ThreadId threadId, long requestId) {
    String name = Methods.SERVER_REQUEST_RESOLVED.name();
    if (!profile.optOutNotificationMethods().contains(name)) {
      client.notify(Methods.LSP_PREFIX + name, new ServerRequestResolved(threadId, requestId));
    }
  }

  private static Answer read(ServerRequest request, JsonElement result) {
    try {
      return switch (request) {
        case ApprovalRequest _ -> decided(result);
        case PermissionsRequest _ -> granted(WireGson.decode(result, PermissionsResponse.class));
        case UserInputRequest _ -> chosen(WireGson.decode(result, UserInputResponse.class));
        case DynamicToolRequest _ -> returned(WireGson.decode(result, DynamicToolResponse.class));
      };
    } catch (WireException nonsense) {
      return NOT_UNDERSTOOD;
    }
  }

  /// Null is what an editor sends when the human has closed the question.
  private static Answer decided(JsonElement result) {
    return new Answer.Decided(
        result.isJsonNull()
            ? new Decision.Decline()
            : WireGson.decode(result, ApprovalResponse.class).decision());
  }

  private static Answer granted(PermissionsResponse response) {
    return new Answer.Granted(
        response.permissions(), response.scope() == null ? Scope.TURN : response.scope());
  }

  private static Answer chosen(UserInputResponse response) {
    return new Answer.Chosen(
        response.answers().entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    entry -> entry.getKey(), entry -> entry.getValue().answers())));
  }

  private static Answer returned(DynamicToolResponse response) {
    return new Answer.Returned(response.contentItems(), response.success());
  }

  private Answer failed(String method, Throwable failure) {
    if (!(failure instanceof ResponseErrorException error)
        || error.getResponseError().getCode() != ResponseErrorCode.MethodNotFound.getValue()) {
      return new Answer.Failed("the editor answered with an error");
    }
    if (unknown.add(method)) {
      boolean isAboutCommands =
          method.equals(MESSAGE)
              || method.equals(Methods.COMMAND_EXECUTION_REQUEST_APPROVAL.name());
      messages.show(
          Messages.Type.WARNING,
          isAboutCommands
              ? "This editor cannot show Codex's questions, so every command that needs an answer"
                  + " is refused."
              : "This editor does not know " + Methods.LSP_PREFIX + method + ", so it is refused.");
    }
    return CANNOT_ASK;
  }
}
