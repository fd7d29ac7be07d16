package dev.codexlsp.server.client;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.codexlsp.core.approval.ApprovalOutcome;
import dev.codexlsp.core.approval.ApprovalRequest;
import dev.codexlsp.core.approval.Approver;
import dev.codexlsp.core.approval.Decision;
import dev.codexlsp.core.config.EnvironmentsConfig;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.exec.json.WireException;
import dev.codexlsp.server.lsp.ClientProfile;
import dev.codexlsp.server.protocol.CommandApprovalResponse;
import dev.codexlsp.server.protocol.Methods;
import dev.codexlsp.server.protocol.ServerRequestResolved;
import dev.codexlsp.server.protocol.WireGson;
import dev.codexlsp.server.rpc.ClientEndpoint;
import dev.codexlsp.server.rpc.SentRequest;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/// Asks the human behind one client: by our own request where the client answers it, else by a
/// message with buttons. Whatever is not a clear answer is passed on as a failure, which counts as
/// a refusal.
public final class ApprovalPrompter implements Approver {
  /// A longer question does not fit a message; it goes to the log as a whole.
  static final int SHOWN_LIMIT = 800;

  private static final ApprovalOutcome CANNOT_ASK =
      new ApprovalOutcome.Failed("the editor cannot show the question");

  private final ClientEndpoint client;
  private final ClientProfile profile;
  private final Messages messages;

  /// Set by the first answer that says "unknown method"; that client is not asked again.
  private final AtomicBoolean cannotAnswer = new AtomicBoolean();

  public ApprovalPrompter(ClientEndpoint client, ClientProfile profile) {
    this.client = client;
    this.profile = profile;
    this.messages = new Messages(client);
  }

  @Override
  public Question ask(ApprovalRequest request, Consumer<ApprovalOutcome> answer) {
    ApprovalRequest.Command command =
        switch (request) {
          case ApprovalRequest.Command asked -> asked;
        };
    if (cannotAnswer.get()) {
      answer.accept(CANNOT_ASK);
      return () -> {};
    }
    return profile.approvals() ? askByRequest(command, answer) : askByMessage(command, answer);
  }

  private Question askByRequest(ApprovalRequest.Command command, Consumer<ApprovalOutcome> answer) {
    SentRequest sent =
        client.send(
            Methods.LSP_PREFIX + Methods.COMMAND_EXECUTION_REQUEST_APPROVAL.name(), command);
    sent.onAnswer(
        result -> answer.accept(decided(result)), failure -> answer.accept(failed(failure)));
    return () -> {
      sent.withdraw();
      notifyResolved(command.threadId(), sent.id());
    };
  }

  private void notifyResolved(ThreadId threadId, long requestId) {
    String name = Methods.SERVER_REQUEST_RESOLVED.name();
    if (!profile.optOutNotificationMethods().contains(name)) {
      client.notify(Methods.LSP_PREFIX + name, new ServerRequestResolved(threadId, requestId));
    }
  }

  /// Null is what an editor sends when the human has closed the question.
  private static ApprovalOutcome decided(JsonElement result) {
    if (result.isJsonNull()) {
      return new ApprovalOutcome.Decided(Decision.DECLINE);
    }
    try {
      return new ApprovalOutcome.Decided(
          WireGson.decode(result, CommandApprovalResponse.class).decision());
    } catch (WireException nonsense) {
      return new ApprovalOutcome.Failed("the answer was not understood");
    }
  }

  private ApprovalOutcome failed(Throwable failure) {
    if (!(failure instanceof ResponseErrorException error)
        || error.getResponseError().getCode() != ResponseErrorCode.MethodNotFound.getValue()) {
      return new ApprovalOutcome.Failed("the editor answered with an error");
    }
    if (cannotAnswer.compareAndSet(false, true)) {
      messages.show(
          Messages.Type.WARNING,
          "This editor cannot show Codex's questions, so every command that needs an answer is"
              + " refused.");
    }
    return CANNOT_ASK;
  }

  private Question askByMessage(ApprovalRequest.Command command, Consumer<ApprovalOutcome> answer) {
    String whole = sentence(command);
    boolean isLong = whole.length() > SHOWN_LIMIT;
    if (isLong) {
      messages.log(Messages.Type.INFO, "Codex asks: " + whole);
    }
    String text =
        isLong
            ? "Codex asks to run a command. The question is too long for a message; it is in the"
                + " log as a whole."
            : whole;
    List<ApprovalButton> buttons =
        isLong
            ? List.of(ApprovalButton.ACCEPT, ApprovalButton.DECLINE, ApprovalButton.CANCEL)
            : List.of(ApprovalButton.values());
    SentRequest sent = client.send("window/showMessageRequest", question(text, buttons));
    sent.onAnswer(
        result -> answer.accept(ApprovalButton.outcome(result, buttons)),
        failure -> answer.accept(failed(failure)));
    return sent::withdraw;
  }

  private static String sentence(ApprovalRequest.Command command) {
    String reason = command.reason();
    boolean isHere = command.environmentId().equals(EnvironmentsConfig.LOCAL);
    return (isHere ? "Run " : "Run on " + VisibleText.oneLine(command.environmentId()) + ": ")
        + VisibleText.oneLine(command.command())
        + " (in "
        + VisibleText.oneLine(command.cwd().toString())
        + ")"
        + (reason == null ? "" : " Reason: " + VisibleText.oneLine(reason));
  }

  private static JsonObject question(String text, List<ApprovalButton> buttons) {
    JsonObject params = Messages.params(Messages.Type.WARNING, text);
    JsonArray actions = new JsonArray();
    for (ApprovalButton button : buttons) {
      JsonObject action = new JsonObject();
      action.addProperty("title", button.title());
      actions.add(action);
    }
    params.add("actions", actions);
    return params;
  }
}
