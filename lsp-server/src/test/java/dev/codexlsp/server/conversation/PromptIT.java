package dev.codexlsp.server.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.codexlsp.core.model.ModelCall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a model server really receives.
class PromptIT {
  private static final int TURNS = 20;

  private static final String CONFIG =
      """
      model = "gpt-5.5"
      model_provider = "mock"
      approval_policy = "on-request"
      sandbox_mode = "workspace-write"
      developer_instructions = "Be kind."
      instructions = "You are a test."

      [model_providers.mock]
      name = "Mock"
      base_url = "$model"
      env_key = "MOCK_KEY"
      """;

  private static void talk(Stage stage, int turns) throws Exception {
    Path skill = Files.createDirectories(stage.home().resolve("skills/foo"));
    Files.writeString(
        skill.resolve("SKILL.md"), "---\nname: foo\ndescription: does foo\n---\nDo foo.\n");
    Files.writeString(stage.home().resolve("AGENTS.md"), "Mine.\n");
    Files.writeString(stage.cwd().resolve("AGENTS.md"), "Ours.\n");
    Path rules = Files.createDirectory(stage.home().resolve("rules"));
    Files.writeString(
        rules.resolve("default.rules"),
        "prefix_rule(pattern=[\"npm\", \"test\"], decision=\"allow\")\n");
    FakeClient client = stage.client(Set.of(), _ -> {});
    stage.openAndAsk(client, "use $foo");
    JsonObject first = client.await("codex/turn/completed");
    String thread = first.getAsJsonObject("params").get("threadId").getAsString();
    for (int turn = 1; turn < turns; turn++) {
      stage.ask(client, thread, "again " + turn);
      client.await("codex/turn/completed");
    }
  }

  private static String script(int turns) {
    return "response\nmessage \"Yes.\"\n".repeat(turns);
  }

  @Test
  void everyRequestBeginsWithTheBytesOfTheOneBefore(@TempDir Path folder) throws Exception {
    try (Stage stage = new Stage(folder, script(TURNS), CONFIG, Set.of())) {
      talk(stage, TURNS);
      List<ModelCall> calls = stage.model().calls();
      assertThat(calls).hasSize(TURNS);
      for (int i = 1; i < TURNS; i++) {
        String before = input(calls.get(i - 1)).toString();
        String now = input(calls.get(i)).toString();
        assertThat(now).startsWith(before.substring(0, before.length() - 1) + ",");
        // The last answer and the user's new words, and nothing that was said before.
        assertThat(input(calls.get(i))).hasSize(input(calls.get(i - 1)).size() + 2);
        assertThat(rest(calls.get(i))).isEqualTo(rest(calls.get(i - 1)));
      }
    }
  }

  private static JsonArray input(ModelCall call) {
    return call.body().getAsJsonArray("input");
  }

  /// All but what belongs to one turn.
  private static JsonObject rest(ModelCall call) {
    JsonObject rest = call.body().deepCopy();
    rest.remove("input");
    rest.remove("client_metadata");
    return rest;
  }

  @Test
  void theFirstRequestHasTheDocumentedShape(@TempDir Path folder) throws Exception {
    try (Stage stage = new Stage(folder, script(1), CONFIG, Set.of())) {
      talk(stage, 1);
      JsonArray input = input(stage.model().calls().getFirst());
      assertThat(roles(input)).containsExactly("developer", "developer", "user", "user", "user");
      assertThat(texts(input, 0)).containsExactly("You are a test.");
      context(texts(input, 1), stage);
      place(texts(input, 2), stage);
      assertThat(texts(input, 3)).containsExactly("use $foo");
      assertThat(texts(input, 4))
          .containsExactly(
              "<skill>\n<name>foo</name>\n<path>"
                  + stage.home()
                  + "/skills/foo/SKILL.md</path>\n"
                  + "---\nname: foo\ndescription: does foo\n---\nDo foo.\n\n</skill>");
      body(stage.model().calls().getFirst().body());
    }
  }

  private static void context(List<String> parts, Stage stage) {
    assertThat(parts).hasSize(3);
    assertThat(parts.get(0)).isEqualTo("Be kind.");
    assertThat(parts.get(1))
        .startsWith("<skills_instructions>\n")
        .contains(
            "- r0 = `" + stage.home() + "/skills`\n", "- foo: does foo (file: r0/foo/SKILL.md)\n")
        .endsWith("</skills_instructions>");
    assertThat(parts.get(2))
        .startsWith("<permissions instructions>\nsandbox_mode is workspace-write")
        .contains("`" + stage.cwd() + "`", "approval_policy is on-request", "- npm test\n")
        .endsWith("</permissions instructions>");
  }

  private static void place(List<String> parts, Stage stage) {
    assertThat(parts).hasSize(2);
    assertThat(parts.get(0))
        .isEqualTo(
            "# AGENTS.md instructions for "
                + stage.cwd()
                + "\n\n<INSTRUCTIONS>\nMine.\n\n--- project-doc ---\n\nOurs.\n\n</INSTRUCTIONS>");
    assertThat(parts.get(1))
        .startsWith("<environment_context>\n  <cwd>" + stage.cwd() + "</cwd>\n  <shell>sh</shell>")
        .contains("<entry access=\"write\"><path>" + stage.cwd() + "</path></entry>");
  }

  private static void body(JsonObject body) {
    assertThat(body.get("model").getAsString()).isEqualTo("gpt-5.5");
    assertThat(body.get("stream").getAsBoolean()).isTrue();
    assertThat(body.get("store").getAsBoolean()).isFalse();
    assertThat(body.get("tool_choice").getAsString()).isEqualTo("auto");
    assertThat(body.get("parallel_tool_calls").getAsBoolean()).isTrue();
    assertThat(body.get("reasoning")).hasToString("{\"effort\":\"medium\"}");
    assertThat(body.get("include")).hasToString("[\"reasoning.encrypted_content\"]");
    assertThat(body.get("text")).hasToString("{\"verbosity\":\"low\"}");
    assertThat(body.has("instructions")).isFalse();
    List<String> tools = new ArrayList<>();
    body.getAsJsonArray("tools")
        .forEach(tool -> tools.add(tool.getAsJsonObject().get("name").getAsString()));
    assertThat(tools)
        .containsExactly(
            "exec_command", "write_stdin", "request_user_input", "view_image", "apply_patch");
    assertThat(body.getAsJsonArray("tools").get(4).getAsJsonObject().get("type").getAsString())
        .isEqualTo("custom");
  }

  private static List<String> roles(JsonArray input) {
    List<String> roles = new ArrayList<>();
    for (JsonElement item : input) {
      roles.add(item.getAsJsonObject().get("role").getAsString());
    }
    return roles;
  }

  private static List<String> texts(JsonArray input, int index) {
    List<String> texts = new ArrayList<>();
    for (JsonElement part : input.get(index).getAsJsonObject().getAsJsonArray("content")) {
      texts.add(part.getAsJsonObject().get("text").getAsString());
    }
    return texts;
  }
}
