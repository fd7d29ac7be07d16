package dev.codexlsp.server.client;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.ApprovalRequest;
import dev.codexlsp.core.approval.Approver;
import dev.codexlsp.core.approval.Decision;
import dev.codexlsp.core.approval.DynamicToolRequest;
import dev.codexlsp.core.approval.PermissionGrant;
import dev.codexlsp.core.approval.PermissionsRequest;
import dev.codexlsp.core.approval.PermissionsRequest.Scope;
import dev.codexlsp.core.approval.ServerRequest;
import dev.codexlsp.core.approval.UserInputRequest;
import dev.codexlsp.core.config.EnvironmentsConfig;
import dev.codexlsp.core.thread.FileUpdateChange;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.ThreadListener;
import dev.codexlsp.server.rpc.ClientEndpoint;
import dev.codexlsp.server.rpc.SentRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Puts questions to a human by `window/showMessageRequest`, which every LSP client shows. Called
/// on the owners of threads.
final class MessageQuestions implements Approver, ThreadListener {
  /// A longer question does not fit a message; it goes to the log as a whole.
  static final int SHOWN_LIMIT = 800;

  private final ClientEndpoint client;
  private final Messages messages;
  private final Function<Throwable, Answer> failed;

  /// The changes of files that are not completed yet.
  private final Map<ItemId, Item.FileChange> changes = new ConcurrentHashMap<>();

  /// @param failed what an error of the client means
  MessageQuestions(ClientEndpoint client, Function<Throwable, Answer> failed) {
    this.client = client;
    this.messages = new Messages(client);
    this.failed = failed;
  }

  @Override
  public void onEvent(ThreadEvent event) {
    if (event instanceof ThreadEvent.ItemStarted started
        && started.item() instanceof Item.FileChange change) {
      changes.put(change.id(), change);
    } else if (event instanceof ThreadEvent.ItemCompleted completed) {
      changes.remove(completed.item().id());
    }
  }

  @Override
  public Question ask(ServerRequest request, Consumer<Answer> answer) {
    return switch (request) {
      case ApprovalRequest.Command command -> decide(sentence(command), "run a command", answer);
      case ApprovalRequest.FileChange change -> decide(sentence(change), "change files", answer);
      case PermissionsRequest permissions -> grant(permissions, answer);
      case UserInputRequest input -> new MessageChoices(client, failed, input, answer).first();
      case DynamicToolRequest _ -> {
        answer.accept(new Answer.Failed("the editor has brought no tools along"));
        yield () -> {};
      }
    };
  }

  private Question decide(String whole, String what, Consumer<Answer> answer) {
    boolean isLong = whole.length() > SHOWN_LIMIT;
    if (isLong) {
      messages.log(Messages.Type.INFO, "Codex asks: " + whole);
    }
    String text =
        isLong
            ? "Codex asks to "
                + what
                + ". The question is too long for a message; it is in the log as a whole."
            : whole;
    List<ApprovalButton> buttons =
        isLong
            ? List.of(ApprovalButton.ACCEPT, ApprovalButton.DECLINE, ApprovalButton.CANCEL)
            : ApprovalButton.ALL;
    SentRequest sent = send(client, text, buttons.stream().map(ApprovalButton::title).toList());
    sent.onAnswer(
        result -> answer.accept(ApprovalButton.outcome(result, buttons)),
        failure -> answer.accept(failed.apply(failure)));
    return sent::withdraw;
  }

  /// All of it or nothing: a message has no room for a choice of paths.
  private Question grant(PermissionsRequest request, Consumer<Answer> answer) {
    return decide(
        sentence(request),
        "touch more",
        decision ->
            answer.accept(
                switch (decision) {
                  case Answer.Decided(Decision.Accept()) ->
                      new Answer.Granted(request.permissions(), Scope.TURN);
                  case Answer.Decided(Decision.AcceptForSession()) ->
                      new Answer.Granted(request.permissions(), Scope.SESSION);
                  case Answer.Decided _ -> new Answer.Granted(PermissionGrant.NOTHING, Scope.TURN);
                  case Answer.Granted _,
                      Answer.Chosen _,
                      Answer.Returned _,
                      Answer.Rejected _,
                      Answer.Failed _ ->
                      decision;
                }));
  }

  private static String sentence(PermissionsRequest request) {
    StringBuilder text = new StringBuilder("Let commands");
    PermissionGrant.FileSystem files = request.permissions().fileSystem();
    if (files != null) {
      text.append(places(" read ", files.read())).append(places(" write ", files.write()));
    }
    PermissionGrant.NetworkAccess network = request.permissions().network();
    if (network != null && Boolean.TRUE.equals(network.enabled())) {
      text.append(" use the network");
    }
    return text + reason(request.reason());
  }

  private static String places(String verb, @Nullable List<Path> paths) {
    return paths == null || paths.isEmpty()
        ? ""
        : verb
            + paths.stream()
                .map(path -> VisibleText.oneLine(path.toString()))
                .collect(Collectors.joining(", "));
  }

  private static String sentence(ApprovalRequest.Command command) {
    boolean isHere = command.environmentId().equals(EnvironmentsConfig.LOCAL);
    return (isHere ? "Run " : "Run on " + VisibleText.oneLine(command.environmentId()) + ": ")
        + VisibleText.oneLine(command.command())
        + " (in "
        + VisibleText.oneLine(command.cwd().toString())
        + ")"
        + reason(command.reason());
  }

  /// What is not known is not there to be accepted.
  private String sentence(ApprovalRequest.FileChange change) {
    Item.FileChange item = changes.get(change.itemId());
    String files =
        item == null
            ? "unknown files"
            : item.changes().stream()
                .map(MessageQuestions::described)
                .collect(Collectors.joining(", "));
    return "Change files: " + files + reason(change.reason());
  }

  private static String described(FileUpdateChange change) {
    String path = VisibleText.oneLine(change.path().toString());
    return switch (change.kind()) {
      case FileUpdateChange.PatchChangeKind.Add() -> "add " + path;
      case FileUpdateChange.PatchChangeKind.Delete() -> "delete " + path;
      case FileUpdateChange.PatchChangeKind.Update(var target) ->
          target == null
              ? "edit " + path
              : "edit " + path + " and move it to " + VisibleText.oneLine(target.toString());
    };
  }

  private static String reason(@Nullable String reason) {
    return reason == null ? "" : " Reason: " + VisibleText.oneLine(reason);
  }

  static SentRequest send(ClientEndpoint client, String text, List<String> titles) {
    JsonObject params = Messages.params(Messages.Type.WARNING, text);
    JsonArray actions = new JsonArray();
    for (String title : titles) {
      JsonObject action = new JsonObject();
      action.addProperty("title", title);
      actions.add(action);
    }
    params.add("actions", actions);
    return client.send("window/showMessageRequest", params);
  }

  /// The title of the button that was pressed; null when there is none.
  static @Nullable String pressed(JsonElement result) {
    return result instanceof JsonObject action
            && action.get("title") instanceof JsonPrimitive title
            && title.isString()
        ? title.getAsString()
        : null;
  }
}
