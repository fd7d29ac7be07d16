package dev.codexlsp.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatToolsTest {
  private static final ChatTools TOOLS =
      ChatTools.of(
          List.of(
              ModelRequests.json(
                  "{'type':'function','name':'run','description':'Runs.','strict':false,"
                      + "'parameters':{'type':'object'}}"),
              ModelRequests.json(
                  "{'type':'function','name':'exact','strict':true,'parameters':{}}"),
              ModelRequests.json(
                  "{'type':'custom','name':'apply_patch','description':'Patches.',"
                      + "'format':{'type':'grammar','syntax':'lark','definition':'start: x'}}"),
              ModelRequests.json("{'type':'custom','name':'note','description':'Notes.'}"),
              ModelRequests.json("{'type':'web_search'}"),
              ModelRequests.json(
                  "{'type':'namespace','name':'mcp__s','description':'S.','tools':["
                      + "{'type':'function','name':'echo','parameters':{'type':'object'}}]}"),
              ModelRequests.json(
                  "{'type':'function','name':'mcp__s__echo','description':'another'}")));

  @Test
  void definitions() {
    String input =
        "'parameters':{'type':'object','properties':{'input':{'type':'string'%s}},"
            + "'required':['input'],'additionalProperties':false}";
    String all =
        "[{'type':'function','function':{'name':'run','description':'Runs.',"
            + "'parameters':{'type':'object'}}},"
            + "{'type':'function','function':{'name':'exact','description':'','parameters':{},"
            + "'strict':true}},"
            + "{'type':'function','function':{'name':'apply_patch','description':'Patches.',"
            + input.formatted(",'description':'A text that follows this grammar:\\nstart: x'")
            + "}},"
            + "{'type':'function','function':{'name':'note','description':'Notes.',"
            + input.formatted("")
            + "}},"
            + "{'type':'function','function':{'name':'mcp__s__echo','description':'',"
            + "'parameters':{'type':'object'}}}]";
    assertThat(TOOLS.definitions()).isEqualTo(JsonParser.parseString(all.replace('\'', '"')));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "run | {'a':1} | {'type':'function_call','id':'fc_i','call_id':'c','name':'run',"
            + "'arguments':'{\\'a\\':1}'}",
        "run | `` | {'type':'function_call','id':'fc_i','call_id':'c','name':'run',"
            + "'arguments':'{}'}",
        "run | {'a | {'type':'function_call','id':'fc_i','call_id':'c','name':'run',"
            + "'arguments':'{\\'a'}",
        "mcp__s__echo | {} | {'type':'function_call','id':'fc_i','call_id':'c',"
            + "'namespace':'mcp__s','name':'echo','arguments':'{}'}",
        "unknown | {} | {'type':'function_call','id':'fc_i','call_id':'c','name':'unknown',"
            + "'arguments':'{}'}",
        "note | {'input':'hi'} | {'type':'custom_tool_call','id':'ctc_i','call_id':'c',"
            + "'name':'note','input':'hi'}",
        "note | *** Begin | {'type':'custom_tool_call','id':'ctc_i','call_id':'c',"
            + "'name':'note','input':'*** Begin'}",
      })
  void calls(String name, String arguments, String call) {
    assertThat(TOOLS.call("i", "c", name, arguments.replace('\'', '"')))
        .isEqualTo(new ResponseItem(ModelRequests.json(call)));
  }
}
