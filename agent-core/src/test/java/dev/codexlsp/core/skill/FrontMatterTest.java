package dev.codexlsp.core.skill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The readable ones are what the original reads from the same files.
class FrontMatterTest {

  static Stream<Arguments> readable() {
    return Stream.of(
        file("name: a\ndescription: b", "a", "b", null),
        file("description: b", null, "b", null),
        file("name: colon\ndescription: a: b", "colon", "a: b", null),
        file("name: [a\ndescription: x", "[a", "x", null),
        file("name: 12\ndescription: true", "12", "true", null),
        file("name: \"qu\\u0041\"\ndescription: 'it''s'", "quA", "it's", null),
        file("name: q\ndescription: \"a\\n\\\"b\\\" \\x \\u00\"", "q", "a \"b\" \\x \\u00", null),
        file("name: f\ndescription: >\n  one\n  two\n\n  three", "f", "one two three", null),
        file("name: l\ndescription: |-\n  one: 1\n  two", "l", "one: 1 two", null),
        file("name: m\ndescription: one\n  two", "m", "one two", null),
        file("name: c # not this\ndescription: d#1", "c", "d#1", null),
        file("# name: no\nname: yes\nname: no\ndescription: d", "yes", "d", null),
        file(
            "name: s\ndescription: d\nmetadata:\n  author: me\n  short-description: sd",
            "s",
            "d",
            "sd"),
        file("name: e\ndescription: a\u202eb\u0007c", "e", "a b c", null),
        file("name: x\nallowed-tools: [a, b]\ndescription: d", "x", "d", null),
        Arguments.of("---\r\nname: w\r\ndescription: x\r\n---\r\n", "w", "x", null),
        Arguments.of("---  \nname: t\ndescription: x\n---\t\nbody", "t", "x", null));
  }

  private static Arguments file(
      String head, @Nullable String name, String description, @Nullable String brief) {
    return Arguments.of("---\n" + head + "\n---\nbody\n", name, description, brief);
  }

  @ParameterizedTest
  @MethodSource("readable")
  void whatPeopleWriteIsRead(
      String text, @Nullable String name, String description, @Nullable String brief)
      throws Exception {
    assertThat(FrontMatter.of(text)).isEqualTo(new FrontMatter(name, description, brief));
  }

  static Stream<Arguments> broken() {
    String none = "missing YAML frontmatter delimited by ---";
    return Stream.of(
        Arguments.of("", none),
        Arguments.of("hello", none),
        Arguments.of("---\nname: a\ndescription: b\n", none),
        Arguments.of("\ufeff---\nname: a\ndescription: b\n---\n", none),
        Arguments.of("\n---\nname: a\ndescription: b\n---\n", none),
        Arguments.of("----\nname: a\ndescription: b\n----\n", none),
        Arguments.of("---\nname: a\n---\n", "missing field `description`"),
        Arguments.of("---\nname: a\ndescription: \u200b\n---\n", "missing field `description`"),
        Arguments.of("---\n::::\n: x\n\t:\n---\n", "missing field `description`"),
        Arguments.of(
            "---\nname: " + "n".repeat(65) + "\ndescription: b\n---\n",
            "invalid name: exceeds maximum length of 64 characters"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void whatIsOfNoUseSaysWhy(String text, String message) {
    assertThatThrownBy(() -> FrontMatter.of(text))
        .isInstanceOf(SkillException.class)
        .hasMessage(message);
  }
}
