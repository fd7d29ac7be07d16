package dev.codexlsp.core.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.codexlsp.core.model.ModelInfo;
import dev.codexlsp.core.thread.DynamicToolSpec;
import dev.codexlsp.core.thread.RawJson;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolSetTest {
  private static final ToolRegistry OURS =
      new ToolRegistry(
          List.of(
              new WriteStdinTool(() -> 0L),
              new UpdatePlanTool(),
              new ViewImageTool(FakeTurn.CLOCK)));

  private static DynamicToolSpec.Function function(String name) {
    return new DynamicToolSpec.Function(
        name, "Does it.", new RawJson("{\"type\":\"object\"}"), false);
  }

  private static ToolSet offered(String model, DynamicToolSpec... specs) {
    return OURS.offered(ModelInfo.of(model), DynamicTools.of(List.of(specs), FakeTurn.CLOCK));
  }

  private static List<String> names(ToolSet tools) {
    return tools.definitions().stream().map(json -> json.get("name").getAsString()).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-5.5, write_stdin view_image",
    "gpt-5-codex, write_stdin update_plan view_image",
    "whatever, write_stdin view_image"
  })
  void whatAModelGetsIsForIt(String model, String expected) {
    assertThat(names(offered(model))).containsExactly(expected.split(" "));
  }

  @Test
  void aNameThatIsOursStaysOurs() {
    List<JsonObject> definitions = offered("m", function("view_image")).definitions();
    assertThat(definitions).hasSize(2);
    assertThat(definitions.getLast().get("description").getAsString()).contains("picture");
  }

  @Test
  void toolsOfANamespaceAreDefinedTogether() {
    ToolSet tools =
        offered(
            "m",
            function("lookup"),
            new DynamicToolSpec.Namespace("tickets", "Tickets.", List.of(function("read"))));
    List<JsonObject> definitions = tools.definitions();
    String read =
        "{'type':'function','name':'read','description':'Does it.','strict':false,"
            + "'parameters':{'type':'object'}}";
    assertThat(definitions.subList(2, definitions.size()))
        .containsExactly(
            json(read.replace("read", "lookup")),
            json(
                "{'type':'namespace','name':'tickets','description':'Tickets.','tools':["
                    + read
                    + "]}"));
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
  }

  @Test
  void fewerToolsLeaveTheOthersOut() {
    ToolSet tools =
        offered("m", new DynamicToolSpec.Namespace("n", "N.", List.of(function("read"))));
    assertThat(names(tools.only(Set.of("view_image", "read")))).containsExactly("view_image");
    assertThat(names(tools.without("view_image"))).containsExactly("write_stdin", "n");
  }

  @Test
  void everyDefinitionOfOursTakesNothingElse() {
    for (JsonObject definition : offered("gpt-5-codex").definitions()) {
      assertThat(definition.get("strict").getAsBoolean()).isFalse();
      JsonObject parameters = definition.getAsJsonObject("parameters");
      assertThat(parameters.get("additionalProperties").getAsBoolean()).isFalse();
      JsonArray required = parameters.getAsJsonArray("required");
      required.forEach(name ->
          assertThat(parameters.getAsJsonObject("properties").has(name.getAsString())).isTrue());
    }
  }
}
