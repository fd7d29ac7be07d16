package dev.codexlsp.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Conversations in the words of the Responses API, and as chat messages.
class ChatMessagesTest {
  private static final String CALL_1 =
      "{'type':'function_call','id':'fc','call_id':'c1','name':'run','arguments':'{}'}";
  private static final String CALL_2 =
      "{'type':'custom_tool_call','call_id':'c2','name':'apply_patch','input':'*** \\'x\\''}";
  private static final String GROUPED =
      "{'type':'function_call','call_id':'c3','namespace':'mcp__s','name':'echo','arguments':''}";

  record Row(String name, List<String> history, List<String> messages) {
    @Override
    public String toString() {
      return name;
    }
  }

  static final List<Row> ROWS =
      List.of(
          new Row(
              "what comes first is the one system message, and the user's words are joined",
              List.of(
                  said("developer", "base"),
                  said("system", "rules"),
                  said("user", "where"),
                  said("user", "what")),
              List.of(
                  "{'role':'system','content':'base\\n\\nrules'}",
                  "{'role':'user','content':'where\\n\\nwhat'}")),
          new Row(
              "later words of the developer are the user's",
              List.of(said("developer", "base"), said("user", "hi"), said("developer", "now this")),
              List.of(
                  "{'role':'system','content':'base'}",
                  "{'role':'user','content':'hi\\n\\nnow this'}")),
          new Row(
              "a thought, a message and its calls are one message",
              List.of(
                  said("user", "do it"),
                  "{'type':'reasoning','id':'r','summary':[],"
                      + "'content':[{'type':'reasoning_text','text':'hm'}]}",
                  answered("yes"),
                  CALL_1,
                  CALL_2,
                  output("function_call_output", "c1", "'one'"),
                  output("custom_tool_call_output", "c2", "'two'"),
                  answered("done")),
              List.of(
                  "{'role':'user','content':'do it'}",
                  "{'role':'assistant','content':'yes','reasoning_content':'hm','tool_calls':["
                      + "{'id':'c1','type':'function','function':{'name':'run','arguments':'{}'}},"
                      + "{'id':'c2','type':'function','function':{'name':'apply_patch',"
                      + "'arguments':'{\\'input\\':\\'*** \\\\\\'x\\\\\\'\\'}'}}]}",
                  "{'role':'tool','tool_call_id':'c1','content':'one'}",
                  "{'role':'tool','tool_call_id':'c2','content':'two'}",
                  "{'role':'assistant','content':'done'}")),
          new Row(
              "steps stay apart",
              List.of(
                  CALL_1,
                  output("function_call_output", "c1", "'one'"),
                  GROUPED,
                  output("function_call_output", "c3", "''")),
              List.of(
                  "{'role':'assistant','content':null,'tool_calls':["
                      + "{'id':'c1','type':'function','function':{'name':'run','arguments':'{}'}}]}",
                  "{'role':'tool','tool_call_id':'c1','content':'one'}",
                  "{'role':'assistant','content':null,'tool_calls':[{'id':'c3','type':'function',"
                      + "'function':{'name':'mcp__s__echo','arguments':''}}]}",
                  "{'role':'tool','tool_call_id':'c3','content':''}")),
          new Row(
              "an answer stands behind its call, wherever it came, and every call has one",
              List.of(
                  CALL_1,
                  GROUPED,
                  said("user", "quick"),
                  output("function_call_output", "c1", "'late'"),
                  output("function_call_output", "unknown", "'whose?'")),
              List.of(
                  "{'role':'assistant','content':null,'tool_calls':["
                      + "{'id':'c1','type':'function','function':{'name':'run','arguments':'{}'}},"
                      + "{'id':'c3','type':'function',"
                      + "'function':{'name':'mcp__s__echo','arguments':''}}]}",
                  "{'role':'tool','tool_call_id':'c1','content':'late'}",
                  "{'role':'tool','tool_call_id':'c3','content':'aborted'}",
                  "{'role':'user','content':'quick'}")),
          new Row(
              "pictures of the user, and of a tool",
              List.of(
                  "{'type':'message','role':'user','content':["
                      + "{'type':'input_text','text':'see'},"
                      + "{'type':'input_image','image_url':'data:a','detail':'original'}]}",
                  CALL_1,
                  output(
                      "function_call_output",
                      "c1",
                      "[{'type':'input_image','image_url':'data:b','detail':'original'}]"),
                  said("user", "so?")),
              List.of(
                  "{'role':'user','content':[{'type':'text','text':'see'},"
                      + "{'type':'image_url','image_url':{'url':'data:a'}}]}",
                  "{'role':'assistant','content':null,'tool_calls':["
                      + "{'id':'c1','type':'function','function':{'name':'run','arguments':'{}'}}]}",
                  "{'role':'tool','tool_call_id':'c1','content':'(the picture follows)'}",
                  "{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:b'}},"
                      + "{'type':'text','text':'so?'}]}")),
          new Row(
              "texts and a picture of a tool",
              List.of(
                  CALL_1,
                  output(
                      "function_call_output",
                      "c1",
                      "[{'type':'input_text','text':'a'},{'type':'input_text','text':'b'},"
                          + "{'type':'input_image','image_url':'data:b'}]")),
              List.of(
                  "{'role':'assistant','content':null,'tool_calls':["
                      + "{'id':'c1','type':'function','function':{'name':'run','arguments':'{}'}}]}",
                  "{'role':'tool','tool_call_id':'c1','content':'a\\nb'}",
                  "{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:b'}}]}")),
          new Row(
              "what nobody here understands is left out",
              List.of(
                  said("user", "hi"),
                  "{'type':'reasoning','id':'r','summary':[],'encrypted_content':'x'}",
                  "{'type':'web_search_call','id':'w'}",
                  "{'type':'message','role':'user','content':[{'type':'input_file'}]}",
                  said("user", "there")),
              List.of("{'role':'user','content':'hi\\n\\nthere'}")));

  @ParameterizedTest
  @FieldSource("ROWS")
  void conversations(Row row) {
    assertThat(messages(row.history())).isEqualTo(array(row.messages()));
  }

  @Test
  void aLongerConversationBeginsWithTheShorterOne() {
    List<String> history =
        List.of(
            said("developer", "base"),
            said("user", "do it"),
            CALL_1,
            output("function_call_output", "c1", "'one'"),
            answered("done"),
            said("user", "more"),
            CALL_2,
            output("custom_tool_call_output", "c2", "'two'"),
            answered("done again"));
    String before = "[";
    for (int step : List.of(2, 4, 6, 8)) {
      String messages = messages(history.subList(0, step)).toString();
      assertThat(messages).startsWith(before);
      before = messages.substring(0, messages.length() - 1);
    }
  }

  private static JsonArray messages(List<String> history) {
    List<ResponseItem> items = new ArrayList<>();
    history.forEach(item -> items.add(new ResponseItem(ModelRequests.json(item))));
    return ChatMessages.of(items);
  }

  private static JsonArray array(List<String> messages) {
    return JsonParser.parseString("[" + String.join(",", messages).replace('\'', '"') + "]")
        .getAsJsonArray();
  }

  private static String said(String role, String text) {
    return "{'type':'message','role':'%s','content':[{'type':'input_text','text':'%s'}]}"
        .formatted(role, text);
  }

  private static String answered(String text) {
    return "{'type':'message','id':'m','role':'assistant',"
        + "'content':[{'type':'output_text','text':'"
        + text
        + "'}]}";
  }

  private static String output(String type, String callId, String output) {
    return "{'type':'%s','call_id':'%s','output':%s}".formatted(type, callId, output);
  }
}
