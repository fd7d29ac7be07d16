package dev.codexlsp.core.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.codexlsp.core.patch.ChunkLine.Kind;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatchParserTest {
  private static final String PLAIN =
      """
      *** Begin Patch
      *** Update File: f
      @@
      -a
      +A
      *** End Patch\
      """;

  private static final ChunkLine OLD = new ChunkLine(Kind.REMOVED, "a");
  private static final ChunkLine NEW = new ChunkLine(Kind.ADDED, "A");

  @Test
  void everyKindOfOperation() {
    assertThat(
            PatchParser.parse(
                """
                *** Begin Patch
                *** Environment ID: remote
                *** Add File: new.txt
                +one
                +
                + two
                *** Delete File: old.txt
                *** Update File: a b.txt
                *** Move to: c/d.txt
                @@ class A
                 x
                -a
                +A

                @@
                -a
                *** End of File
                *** End Patch
                """))
        .isEqualTo(
            new ParseResult.Parsed(
                new Patch(
                    "remote",
                    List.of(
                        new FileOperation.Add("new.txt", "one\n\n two\n"),
                        new FileOperation.Delete("old.txt"),
                        new FileOperation.Update(
                            "a b.txt",
                            "c/d.txt",
                            List.of(
                                new Chunk(
                                    "class A",
                                    List.of(
                                        new ChunkLine(Kind.CONTEXT, "x"),
                                        OLD,
                                        NEW,
                                        new ChunkLine(Kind.CONTEXT, "")),
                                    false),
                                new Chunk(null, List.of(OLD), true)))))));
  }

  static Stream<Arguments> wrappings() {
    return Stream.of(
        argumentSet("nothing around it", PLAIN),
        argumentSet("blank lines around it", "\n \t\n" + PLAIN + "\n\n"),
        argumentSet("blanks around the marks", PLAIN.replaceAll("(\\*\\*\\* .* Patch)", "  $1 \t")),
        argumentSet(
            "blanks around the header",
            PLAIN.replace("*** Update File: f", " *** Update File: f\t")),
        argumentSet("a no-break space at the header", PLAIN.replace("*** U", "\u00a0*** U")),
        argumentSet("blanks behind the mark of the chunk", PLAIN.replace("@@", "@@ \t")),
        argumentSet("no mark of the chunk", PLAIN.replace("@@\n", "")),
        argumentSet("lines that end as in DOS", PLAIN.replace("\n", "\r\n")),
        argumentSet("lines that end twice as in DOS", PLAIN.replace("\n", "\r\r\n")),
        argumentSet("a here-document", "<<EOF\n" + PLAIN + "\nEOF\n"),
        argumentSet("a here-document in single quotes", "<<'EOF'\n" + PLAIN + "\nEOF"),
        argumentSet("a here-document in double quotes", "<<\"EOF\"\n" + PLAIN + "\nEOF"),
        argumentSet("a here-document whose end is indented", "<<EOF\n" + PLAIN + "\n  EOF "),
        argumentSet("a here-document whose end has more before it", "<<EOF\n" + PLAIN + "\nxEOF"),
        argumentSet("an end that is marked twice", PLAIN + "\n\n*** End Patch"));
  }

  @ParameterizedTest
  @MethodSource("wrappings")
  void wrappingDoesNotCount(String text) {
    assertThat(PatchParser.parse(text))
        .isEqualTo(
            parsed(
                new FileOperation.Update(
                    "f", null, List.of(new Chunk(null, List.of(OLD, NEW), false)))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*** Environment ID: q", "  *** Environment ID:q  "})
  void anEnvironmentCanBeNamed(String line) {
    assertThat(PatchParser.parse(patch(line, "*** Delete File: f")))
        .isEqualTo(new ParseResult.Parsed(new Patch("q", List.of(new FileOperation.Delete("f")))));
  }

  @Test
  void nothingToDoIsAPatchToo() {
    assertThat(PatchParser.parse(patch())).isEqualTo(parsed());
  }

  static Stream<Arguments> operations() {
    return Stream.of(
        argumentSet("an empty new file", "*** Add File: f", new FileOperation.Add("f", "")),
        argumentSet(
            "marks inside a new file",
            "*** Add File: f\n+*** End Patch\n+@@\n++1\n+-1",
            new FileOperation.Add("f", "*** End Patch\n@@\n+1\n-1\n")),
        argumentSet(
            "a lone carriage return is text",
            "*** Add File: f\n+a\rb\r",
            new FileOperation.Add("f", "a\rb\n")),
        argumentSet(
            "further blanks of a path are its own",
            "*** Delete File:   f g ",
            new FileOperation.Delete("  f g")),
        argumentSet(
            "a separator of Unicode is text",
            "*** Add File: f\n+a\u2028b\u000bc\u0085d",
            new FileOperation.Add("f", "a\u2028b\u000bc\u0085d\n")));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void operationsAreTakenAsWritten(String body, FileOperation expected) {
    assertThat(PatchParser.parse(patch(body))).isEqualTo(parsed(expected));
  }

  static Stream<Arguments> chunks() {
    return Stream.of(
        argumentSet("blank context", "\n+A", chunk(null, context(""), NEW)),
        argumentSet("context of one space", " \n+A", chunk(null, context(""), NEW)),
        argumentSet("context text", "@@ def f():  \n+A", chunk("def f():", NEW)),
        argumentSet("context text keeps its indentation", "@@   x\n+A", chunk("  x", NEW)),
        argumentSet("ranges are text", "@@ -1,2 +1,2 @@\n+A", chunk("-1,2 +1,2 @@", NEW)),
        argumentSet(
            "an indented mark is context", "@@\n  @@\n+A", chunk(null, context(" @@"), NEW)),
        argumentSet(
            "an indented end of file is context",
            "@@\n+A\n *** End of File",
            chunk(null, NEW, context("*** End of File"))),
        argumentSet(
            "an indented header is context",
            "@@\n+A\n *** Add File: g",
            chunk(null, NEW, context("*** Add File: g"))),
        argumentSet(
            "an indented move is context",
            " *** Move to: g\n+A",
            chunk(null, context("*** Move to: g"), NEW)),
        argumentSet(
            "the end of the file",
            "@@\n+A\n*** End of File \n\n \n",
            new Chunk(null, List.of(NEW), true)));
  }

  @ParameterizedTest
  @MethodSource("chunks")
  void chunksAreTakenAsWritten(String lines, Chunk expected) {
    assertThat(PatchParser.parse(patch("*** Update File: f", lines)))
        .isEqualTo(parsed(new FileOperation.Update("f", null, List.of(expected))));
  }

  @Test
  void thePatchIsBounded() {
    assertThat(PatchParser.parse("x".repeat(PatchParser.LIMIT_CHARS + 1)))
        .isEqualTo(new ParseResult.Malformed(0, "longer than 16777216 characters"));
  }

  static ParseResult parsed(FileOperation... operations) {
    return new ParseResult.Parsed(new Patch(null, List.of(operations)));
  }

  static String patch(String... lines) {
    return "*** Begin Patch\n"
        + Stream.of(lines).map(line -> line + "\n").reduce("", String::concat)
        + "*** End Patch";
  }

  private static Chunk chunk(@Nullable String context, ChunkLine... lines) {
    return new Chunk(context, List.of(lines), false);
  }

  private static ChunkLine context(String text) {
    return new ChunkLine(Kind.CONTEXT, text);
  }
}
