package dev.codexlsp.server.protocol;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import dev.codexlsp.core.thread.TurnError;
import dev.codexlsp.exec.json.WireException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a client hears about params that cannot be read: what is wrong with them, and where.
class WireRefusalsTest {
  static Stream<Arguments> badInput() {
    String good = "'text':'a','small':1,'large':2,'input':[]";
    return Stream.of(
        Arguments.of("{'small':1,'large':2,'input':[]}", "missing field `text`"),
        Arguments.of("{'text':null,'small':1,'large':2,'input':[]}", "missing field `text`"),
        Arguments.of("{'text':'a','large':2,'input':[]}", "missing field `small`"),
        Arguments.of("{'text':'a','small':1,'large':2}", "missing field `input`"),
        Arguments.of(
            "{'text':5,'small':1,'large':2,'input':[]}",
            "expected a string, found a number in `text`"),
        Arguments.of(
            "{'text':['a'],'small':1,'large':2,'input':[]}",
            "expected a string, found an array in `text`"),
        Arguments.of(
            "{'text':'a','small':'1','large':2,'input':[]}",
            "expected an integer, found a string in `small`"),
        Arguments.of(
            "{'text':'a','small':1.5,'large':2,'input':[]}", "expected an integer in `small`"),
        Arguments.of(
            "{'text':'a','small':1,'large':1e30,'input':[]}", "expected an integer in `large`"),
        Arguments.of("{'text':'a','small':1,'large':2,'input':{}}", "expected an array in `input`"),
        Arguments.of(
            "{'text':'a','small':1,'large':2,'input':[null]}",
            "expected a value, found null in `input[0]`"),
        Arguments.of(
            "{'text':'a','small':1,'large':2,'input':[7]}",
            "expected an object, found a number in `input[0]`"),
        Arguments.of(
            "{'text':'a','small':1,'large':2,'input':[{'text':'x'}]}",
            "missing field `type` in `input[0]`"),
        Arguments.of(
            "{'text':'a','small':1,'large':2,'input':[{'type':'hologram'}]}",
            "unknown value `hologram`, expected one of image, localImage, mention, skill,"
                + " text in `input[0].type`"),
        Arguments.of(
            "{'text':'a','small':1,'large':2,'input':[{'type':'text','text':'x'},{'type':'text'}]}",
            "missing field `text` in `input[1]`"),
        Arguments.of(
            "{'text':'a','small':1,'large':2,'input':[{'type':'text','text':false}]}",
            "expected a string, found a boolean in `input[0].text`"),
        Arguments.of(
            "{" + good + ",'flag':'true'}", "expected a boolean, found a string in `flag`"),
        Arguments.of(
            "{" + good + ",'approvalPolicy':'always'}",
            "unknown variant \"always\", expected one of `untrusted`, `on-request`, `granular`,"
                + " `never` in `approvalPolicy`"),
        Arguments.of(
            "{" + good + ",'approvalPolicy':{}}",
            "unknown variant {}, expected one of `untrusted`, `on-request`, `granular`, `never` in"
                + " `approvalPolicy`"),
        Arguments.of(
            "{" + good + ",'sandbox':{'type':'workspaceWrite','writableRoots':[1]}}",
            "expected a string, found a number in `sandbox.writableRoots[0]`"),
        Arguments.of(
            "{" + good + ",'sandbox':'read-only'}",
            "expected an object, found a string in `sandbox`"),
        Arguments.of("{" + good + ",'cwd':'\\u0000'}", "bad value `\u0000` in `cwd`"),
        Arguments.of("{" + good + ",'uri':':'}", "bad value `:` in `uri`"),
        Arguments.of("[]", "expected an object, found an array"),
        Arguments.of("null", "malformed Sample"));
  }

  @ParameterizedTest
  @MethodSource("badInput")
  void saysWhatIsWrongAndWhere(String json, String message) {
    assertThatThrownBy(() ->
            WireGson.decode(
                JsonParser.parseString(json.replace('\'', '"')), WireGsonTest.Sample.class))
        .isInstanceOf(WireException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @MethodSource("errorClasses")
  void refusesUnknownErrorClasses(String info) {
    String json = "{\"message\":\"m\",\"codexErrorInfo\":" + info + "}";
    assertThatThrownBy(() -> WireGson.decode(JsonParser.parseString(json), TurnError.class))
        .isInstanceOf(WireException.class)
        .hasMessage("unknown error class " + info + " in `codexErrorInfo`");
  }

  static Stream<String> errorClasses() {
    return Stream.of("\"shrug\"", "{\"shrug\":{}}", "{}", "[]", "7");
  }
}
