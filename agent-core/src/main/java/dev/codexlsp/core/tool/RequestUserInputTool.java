package dev.codexlsp.core.tool;

import static dev.codexlsp.core.tool.ToolArguments.required;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.UserInputRequest;
import dev.codexlsp.core.approval.UserInputRequest.Option;
import dev.codexlsp.core.approval.UserInputRequest.Question;
import dev.codexlsp.core.model.ModelInfo;
import dev.codexlsp.core.thread.CollaborationMode;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.tool.ToolArguments.Unusable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `request_user_input`: puts questions to the user while the work is planned.
public final class RequestUserInputTool implements Tool {
  private static final int MOST = 3;

  private record Wire(@Nullable List<@Nullable WireQuestion> questions) {}

  private record WireQuestion(
      @Nullable String id,
      @Nullable String header,
      @Nullable String question,
      @Nullable List<@Nullable WireOption> options) {}

  private record WireOption(@Nullable String label, @Nullable String description) {}

  @Override
  public String name() {
    return "request_user_input";
  }

  @Override
  public ToolResult run(ToolCall call, TurnScope turn) throws InterruptedException {
    if (turn.mode() == CollaborationMode.DEFAULT) {
      return new ToolResult.Failed("request_user_input is unavailable in Default mode");
    }
    List<Question> questions;
    try {
      questions = questions(ToolArguments.read(call.input(), Wire.class));
    } catch (Unusable unusable) {
      return unusable.answer();
    }
    Answer answer =
        turn.io()
            .ask(
                new UserInputRequest(
                    turn.threadId(), turn.turnId(), new ItemId(call.callId()), questions, true),
                Set.of());
    return switch (answer) {
      case Answer.Chosen(Map<String, List<String>> answers) ->
          new ToolResult.Answered(rendered(questions, answers));
      case Answer.Failed(String reason) ->
          new ToolResult.Failed("request_user_input failed: " + reason);
      case Answer.Decided _, Answer.Returned _, Answer.Granted _, Answer.Rejected _ ->
          new ToolResult.Failed("request_user_input failed: the answer was not understood");
    };
  }

  private static List<Question> questions(Wire wire) throws Unusable {
    List<Question> questions = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (WireQuestion question : required(wire.questions(), "questions")) {
      Question read = question(required(question, "question"));
      if (!ids.add(read.id())) {
        throw new Unusable("two questions have the id `" + read.id() + "`");
      }
      questions.add(read);
    }
    if (questions.isEmpty() || questions.size() > MOST) {
      throw new Unusable("between 1 and " + MOST + " questions, not " + questions.size());
    }
    return questions;
  }

  /// Words of the user's own are always an answer, too.
  private static Question question(WireQuestion wire) throws Unusable {
    List<Option> options = new ArrayList<>();
    for (WireOption option : required(wire.options(), "options")) {
      WireOption there = required(option, "label");
      options.add(
          new Option(
              required(there.label(), "label"), required(there.description(), "description")));
    }
    if (options.isEmpty()) {
      throw new Unusable("a question needs options");
    }
    return new Question(
        required(wire.id(), "id"),
        required(wire.header(), "header"),
        required(wire.question(), "question"),
        true,
        false,
        options);
  }

  /// In the order of the questions; what was not asked is not told.
  private static String rendered(List<Question> questions, Map<String, List<String>> answers) {
    JsonObject all = new JsonObject();
    for (Question question : questions) {
      List<String> given = answers.get(question.id());
      if (given != null) {
        JsonArray texts = new JsonArray();
        given.forEach(texts::add);
        JsonObject one = new JsonObject();
        one.add("answers", texts);
        all.add(question.id(), one);
      }
    }
    JsonObject json = new JsonObject();
    json.add("answers", all);
    return json.toString();
  }

  @Override
  public JsonObject definition(ModelInfo model) {
    return ToolArguments.json(
        """
        {
          "type": "function",
          "name": "request_user_input",
          "description": "Asks the user one to three short questions and waits for the answers. Only \
        in Plan mode.",
          "strict": false,
          "parameters": {
            "type": "object",
            "properties": {
              "questions": {
                "type": "array",
                "items": {
                  "type": "object",
                  "properties": {
                    "id": {"type": "string", "description": "What the answer is found by."},
                    "header": {"type": "string", "description": "A word or two."},
                    "question": {"type": "string", "description": "One sentence."},
                    "options": {
                      "type": "array",
                      "description": "Two or three answers to choose from. The user may always \
        answer something else.",
                      "items": {
                        "type": "object",
                        "properties": {
                          "label": {"type": "string"},
                          "description": {"type": "string"}
                        },
                        "required": ["label", "description"],
                        "additionalProperties": false
                      }
                    }
                  },
                  "required": ["id", "header", "question", "options"],
                  "additionalProperties": false
                }
              }
            },
            "required": ["questions"],
            "additionalProperties": false
          }
        }
        """);
  }
}
