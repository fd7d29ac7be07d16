package dev.codexlsp.core.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.Decision;
import dev.codexlsp.core.approval.UserInputRequest;
import dev.codexlsp.core.thread.CollaborationMode;
import dev.codexlsp.core.thread.ItemId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestUserInputToolTest {
  private static final String OPTIONS =
      "'options':[{'label':'A','description':'a'},{'label':'B','description':'b'}]";
  private static final String FIRST =
      "{'id':'q1','header':'Pick','question':'Which?'," + OPTIONS + "}";

  private final FakeTurn turn = new FakeTurn();

  private ToolResult ask(String arguments) throws InterruptedException {
    return new RequestUserInputTool()
        .run(
            new ToolCall("c1", "", "request_user_input", arguments.replace('\'', '"'), false),
            turn.scope(null, Path.of("/")));
  }

  private static String text(ToolResult result) {
    return ((ToolOutput.Text) result.output()).text();
  }

  @Test
  void theAnswersAreToldInTheOrderOfTheQuestions() throws Exception {
    turn.workIn(CollaborationMode.PLAN);
    turn.answerWith(
        new Answer.Chosen(
            Map.of("q2", List.of("B", "and \"more\""), "q1", List.of(), "q9", List.of("?"))));
    ToolResult result =
        ask(
            "{'questions':["
                + FIRST
                + ","
                + FIRST.replace("q1", "q2")
                + ","
                + FIRST.replace("q1", "q3")
                + "]}");
    assertThat(text(result))
        .isEqualTo(
            "{\"answers\":{\"q1\":{\"answers\":[]},"
                + "\"q2\":{\"answers\":[\"B\",\"and \\\"more\\\"\"]}}}");
    assertThat(turn.events()).isEmpty();
  }

  @Test
  void theUserIsAskedAsTheModelWrote() throws Exception {
    turn.workIn(CollaborationMode.PLAN);
    ask("{'questions':[" + FIRST + "]}");
    assertThat(turn.questions())
        .containsExactly(
            new UserInputRequest(
                FakeTurn.THREAD,
                FakeTurn.TURN,
                new ItemId("c1"),
                List.of(
                    new UserInputRequest.Question(
                        "q1",
                        "Pick",
                        "Which?",
                        true,
                        false,
                        List.of(
                            new UserInputRequest.Option("A", "a"),
                            new UserInputRequest.Option("B", "b")))),
                true));
  }

  @Test
  void nobodyIsAskedInDefaultMode() throws Exception {
    ToolResult result = ask("{'questions':[" + FIRST + "]}");
    assertThat(result)
        .isEqualTo(new ToolResult.Failed("request_user_input is unavailable in Default mode"));
    assertThat(turn.questions()).isEmpty();
  }

  @Test
  void anotherKindOfAnswerIsNone() throws Exception {
    turn.workIn(CollaborationMode.PLAN);
    turn.answerWith(new Answer.Decided(new Decision.Accept()));
    assertThat(text(ask("{'questions':[" + FIRST + "]}")))
        .isEqualTo("request_user_input failed: the answer was not understood");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | missing field",
        "{'questions':7} | ",
        "{'questions':[]} | between 1 and 3 questions, not 0",
        "{'questions':[null]} | missing field",
        "{'questions':[Q,Q]} | two questions have the id",
        "{'questions':[Q,R,S,T]} | between 1 and 3 questions, not 4",
        "{'questions':[{'id':'q1','header':'h','question':'?'}]} | missing field",
        "{'questions':[{'id':'q1','header':'h','question':'?','options':[]}]} | needs options",
        "{'questions':[{'header':'h','question':'?','options':[{'label':'A','description':''}]}]}"
            + " | missing field",
        "{'questions':[{'id':'q1','header':'h','question':'?','options':[{'label':'A'}]}]}"
            + " | missing field",
      })
  void unusableQuestionsAreExplained(String arguments, String part) throws Exception {
    turn.workIn(CollaborationMode.PLAN);
    String whole =
        arguments
            .replace("Q", FIRST)
            .replace("R", FIRST.replace("q1", "q2"))
            .replace("S", FIRST.replace("q1", "q3"))
            .replace("T", FIRST.replace("q1", "q4"));
    assertThat(text(ask(whole)))
        .startsWith("failed to parse function arguments: ")
        .contains(part == null ? "" : part);
    assertThat(turn.questions()).isEmpty();
  }
}
