package dev.codexlsp.server.client;

import com.google.gson.JsonElement;
import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.Approver;
import dev.codexlsp.core.approval.UserInputRequest;
import dev.codexlsp.server.rpc.ClientEndpoint;
import dev.codexlsp.server.rpc.SentRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Puts the choices of one request to a human, one message after the other. A message has buttons
/// and no room for words of the user's own: a question without options cannot be asked so.
///
/// The first message is sent by the owner of the thread, the others on the reader thread, which
/// brings the answers; each is sent when the one before it is answered.
final class MessageChoices {
  private final ClientEndpoint client;
  private final Function<Throwable, Answer> failed;
  private final UserInputRequest request;
  private final Consumer<Answer> answer;
  private final Map<String, List<String>> chosen = new HashMap<>();

  /// What is on the screen; null is nothing any more, because nobody needs the answer.
  private final AtomicReference<@Nullable SentRequest> shown = new AtomicReference<>();

  private volatile boolean isWithdrawn;

  MessageChoices(
      ClientEndpoint client,
      Function<Throwable, Answer> failed,
      UserInputRequest request,
      Consumer<Answer> answer) {
    this.client = client;
    this.failed = failed;
    this.request = request;
    this.answer = answer;
  }

  Approver.Question first() {
    ask(0);
    return this::withdraw;
  }

  private void withdraw() {
    isWithdrawn = true;
    SentRequest sent = shown.getAndSet(null);
    if (sent != null) {
      sent.withdraw();
    }
  }

  private void ask(int index) {
    if (index == request.questions().size()) {
      answer.accept(new Answer.Chosen(chosen));
      return;
    }
    UserInputRequest.Question question = request.questions().get(index);
    List<UserInputRequest.Option> options = question.options();
    if (options == null || options.isEmpty()) {
      answer.accept(new Answer.Failed("the editor can only show questions with choices"));
      return;
    }
    SentRequest sent =
        MessageQuestions.send(
            client, text(question, options), options.stream().map(o -> o.label()).toList());
    shown.set(sent);
    if (isWithdrawn) {
      withdraw();
    }
    sent.onAnswer(
        result -> answered(index, question, result),
        failure -> answer.accept(failed.apply(failure)));
  }

  private void answered(int index, UserInputRequest.Question question, JsonElement result) {
    String label = MessageQuestions.pressed(result);
    List<UserInputRequest.Option> options = question.options();
    if (label == null
        || options == null
        || options.stream().noneMatch(option -> option.label().equals(label))) {
      answer.accept(new Answer.Failed("the user has not chosen"));
      return;
    }
    chosen.put(question.id(), List.of(label));
    ask(index + 1);
  }

  private static String text(
      UserInputRequest.Question question, List<UserInputRequest.Option> options) {
    StringBuilder text = new StringBuilder(VisibleText.oneLine(question.question()));
    for (UserInputRequest.Option option : options) {
      text.append(" · ")
          .append(VisibleText.oneLine(option.label()))
          .append(": ")
          .append(VisibleText.oneLine(option.description()));
    }
    return text.toString();
  }
}
