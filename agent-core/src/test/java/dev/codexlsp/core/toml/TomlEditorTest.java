package dev.codexlsp.core.toml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a change does to a text, and what it leaves alone.
class TomlEditorTest {

  /// In texts ¶ is a line end; a value is TOML itself; `-` takes the key away.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // A value that is there.
        "a = 1 # one¶b = 2¶ | a | 7 | a = 7 # one¶b = 2¶",
        "a=\"x\"¶ | a | 'y' | a=\"y\"¶",
        "a = [1, # c¶ 2]¶b=1¶ | a | [3] | a = [3]¶b=1¶",
        "a = \"\"\"x¶\\\"\"\"\"\"\"¶b=1¶ | a | 'z' | a = \"z\"¶b=1¶",
        "a = 1 | a | 2 | a = 2",
        "a = 1¶ | a | 1 | a = 1¶",
        "a = 0x10 # hex¶ | a | 16 | a = 0x10 # hex¶",
        "a = 1979-05-27 07:32:00 # when¶ | a | true | a = true # when¶",
        "x.y = 1¶ | x.y | 2 | x.y = 2¶",
        "[t]¶a = 1¶[u]¶a = 1¶ | u.a | 2 | [t]¶a = 1¶[u]¶a = 2¶",
        "t = { a = 1, b = { c = 2 } } # i¶ | t.b.c | 3 | t = { a = 1, b = { c = 3 } } # i¶",
        "\"q.d\".'x y' = 1¶ | \"q.d\".\"x y\" | 2 | \"q.d\".'x y' = 2¶",
        // A new key.
        "`` | a | 1 | a = 1¶",
        "a = 1 | b | 2 | a = 1¶b = 2¶",
        "a = 1¶¶# about t¶[t]¶ | b | 2 | a = 1¶b = 2¶¶# about t¶[t]¶",
        "# all of it¶¶[t]¶x = 1¶ | a | 1 | # all of it¶¶a = 1¶¶[t]¶x = 1¶",
        "# about t¶[t]¶x = 1¶ | a | 1 | a = 1¶¶# about t¶[t]¶x = 1¶",
        "# only words | a | 1 | # only words¶a = 1¶",
        "[t]¶  x = 1¶# tail¶[u]¶ | t.y | 2 | [t]¶  x = 1¶  y = 2¶# tail¶[u]¶",
        "[t]¶¶[u]¶ | t.y | 2 | [t]¶y = 2¶¶[u]¶",
        "a = 1¶ | t.y | 2 | a = 1¶¶[t]¶y = 2¶",
        "a = 1¶ | t.u.y | 2 | a = 1¶¶[t.u]¶y = 2¶",
        "[t.u]¶a = 1¶[v]¶b = 1¶ | t.y | 2 | [t.u]¶a = 1¶¶[t]¶y = 2¶¶[v]¶b = 1¶",
        "t.u = 1¶z = 1¶ | t.y | 2 | t.u = 1¶t.y = 2¶z = 1¶",
        "[s]¶t.u = 1¶z = 1¶ | s.t.v.w | 2 | [s]¶t.u = 1¶t.v.w = 2¶z = 1¶",
        "t = {}¶ | t.y | 2 | t = { y = 2 }¶",
        "t = { a = 1 }¶ | t.y.z | 2 | t = { a = 1, y.z = 2 }¶",
        "[[r]]¶a = 1¶[[r]]¶a = 2¶ | t.y | 2 | [[r]]¶a = 1¶[[r]]¶a = 2¶¶[t]¶y = 2¶",
        "[p.\"/a\"]¶x = 1¶¶[z]¶y = 1¶ | p.\"/b c\".x | 1"
            + " | [p.\"/a\"]¶x = 1¶¶[p.\"/b c\"]¶x = 1¶¶[z]¶y = 1¶",
        // Nothing.
        "# keep¶a = 1 # gone¶b = 2¶ | a | - | # keep¶b = 2¶",
        "a = 1¶ | b.c | - | a = 1¶",
        "a = 1¶¶[t]¶x = 1¶# y¶y = 2¶¶[u]¶z = 1¶ | t | - | a = 1¶¶[u]¶z = 1¶",
        "[t]¶x = 1¶[t.u]¶y = 1¶[v]¶z = 1¶ | t | - | [v]¶z = 1¶",
        "t.a = 1¶b = 1¶t.c = 2¶ | t | - | b = 1¶",
        "t = { a = 1, b = 2, c = 3 }¶ | t.a | - | t = { b = 2, c = 3 }¶",
        "t = { a = 1, b = 2, c = 3 }¶ | t.b | - | t = { a = 1, c = 3 }¶",
        "t = { a = 1, b = 2, c = 3 }¶ | t.c | - | t = { a = 1, b = 2 }¶",
        "t = { a = 1 }¶ | t.a | - | t = {  }¶",
        "[[r]]¶a = 1¶[r.s]¶b = 1¶[[r]]¶a = 2¶[q]¶c = 1¶ | r | - | [q]¶c = 1¶",
        // Another kind of value.
        "[[r]]¶a = 1¶[q]¶c = 1¶ | r | [] | r = []¶¶[q]¶c = 1¶",
        "[t]¶x = 1¶[q]¶c = 1¶ | t | 5 | t = 5¶¶[q]¶c = 1¶",
        "t = 5¶ | t | { x = 1 } | [t]¶x = 1¶",
      })
  void replaces(String text, String path, String value, String expected) throws Exception {
    assertThat(edited(text, path, value, true)).isEqualTo(lines(expected));
  }

  @Test
  void tables() throws Exception {
    String text = "[m.d]\ncommand = 'npx' # c\nargs = ['-y']\n\n[m.d.env]\nA = '1'\n";
    Map<String, Object> change = Map.of("args", List.of("z"), "env", Map.of("B", "2"));
    assertThat(TomlEditor.apply(text, List.of(new TomlEdit(List.of("m", "d"), change, false))))
        .isEqualTo("[m.d]\ncommand = 'npx' # c\nargs = [\"z\"]\n\n[m.d.env]\nA = '1'\nB = \"2\"\n");
    assertThat(
            TomlEditor.apply(
                text, List.of(new TomlEdit(List.of("m", "d"), Map.of("command", "npx"), true))))
        .isEqualTo("[m.d]\ncommand = 'npx' # c\n");
  }

  @Test
  void severalChangesAreMadeInTheirOrder() throws Exception {
    assertThat(
            TomlEditor.apply(
                "a = 1\n",
                List.of(
                    new TomlEdit(List.of("t"), Map.of("x", 1L), true),
                    new TomlEdit(List.of("t", "x"), 2L, true),
                    new TomlEdit(List.of("a"), null, true))))
        .isEqualTo("\n[t]\nx = 2\n");
  }

  @Test
  void linesEndAsTheyDid() throws Exception {
    assertThat(edited("a = 1\r\n[t]\r\nb = 1 # c\r\n", "t.c", "1", true))
        .isEqualTo("a = 1\r\n[t]\r\nb = 1 # c\r\nc = 1\r\n");
  }

  @Test
  void textIsEscaped() throws Exception {
    Object odd = "a\"b\\c\nd\u0001\u007f…";
    String text = TomlEditor.apply("", List.of(new TomlEdit(List.of("k\n\""), odd, true)));
    assertThat(text).isEqualTo("\"k\\n\\\"\" = \"a\\\"b\\\\c\\nd\\u0001\\u007F…\"\n");
    assertThat(parsed(text)).isEqualTo(Map.of("k\n\"", odd));
  }

  @ParameterizedTest
  @CsvSource({"a.b", "a.b.c"})
  void whatIsNoTableHoldsNothing(String path) {
    assertThatThrownBy(() -> edited("a = 1\n", path, "1", true))
        .isInstanceOf(TomlEdit.Refused.class)
        .hasMessage("cannot set value on non-table parent");
  }

  @Test
  void aTextThatIsNoTomlIsNotChanged() {
    assertThatThrownBy(() -> edited("a = \n", "b", "1", true))
        .isInstanceOf(TomlSyntaxException.class);
  }

  private static String edited(String text, String path, String value, boolean replaces)
      throws Exception {
    @Nullable Object plain = value.equals("-") ? null : parsed("v = " + value).get("v");
    return TomlEditor.apply(
        lines(text), List.of(new TomlEdit(KeyPath.parse(path), plain, replaces)));
  }

  private static Map<String, Object> parsed(String text) throws TomlSyntaxException {
    return TomlText.parse(text, new Origin() {}).plain();
  }

  private static String lines(String text) {
    return String.join("\n", Arrays.asList(text.split("¶", -1)));
  }
}
