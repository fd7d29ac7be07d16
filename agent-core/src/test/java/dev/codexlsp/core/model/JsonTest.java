package dev.codexlsp.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[DONE]",
        "[]",
        "1",
        "{",
        "{\"a\":1} x",
        "{\"a\":1}{}",
        "{a:1}",
        "{'a':1}",
        "{\"type\": not json",
        "{\"a\":NaN}"
      })
  void onlyWholeObjects(String text) {
    assertThat(Json.object(text)).isNull();
  }

  @Test
  void deepNestingIsRefused() {
    assertThat(Json.object("{\"a\":" + "[".repeat(100_000))).isNull();
  }

  @Test
  void numbersKeepTheirSpelling() {
    String text = "{\"a\":1.50,\"b\":123456789012345678901234567890,\"c\":1e3,\"d\":null}";
    assertThat(Json.object(text)).asString().isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "whole, 7",
    "fraction, 7",
    "text, 0",
    "nothing, 0",
    "list, 0",
    "absent, 0",
    "huge, 0"
  })
  void numbers(String member, long expected) {
    assertThat(Json.number(members(), member)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"text, seven", "whole, ''", "nothing, ''", "list, ''", "absent, ''"})
  void texts(String member, String expected) {
    assertThat(Json.text(members(), member)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"object, 1", "text, 0", "nothing, 0", "list, 0", "absent, 0"})
  void children(String member, int size) {
    assertThat(Json.child(members(), member).size()).isEqualTo(size);
  }

  private static JsonObject members() {
    return ModelRequests.json(
        "{'whole':7,'fraction':7.9,'text':'seven','nothing':null,'list':[7],'object':{'a':1},"
            + "'huge':1e999999999}");
  }
}
