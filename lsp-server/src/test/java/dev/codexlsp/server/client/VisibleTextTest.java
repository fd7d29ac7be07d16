package dev.codexlsp.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTextTest {

  @Test
  void whatAScreenWouldHideIsWrittenOut() {
    assertThat(VisibleText.oneLine("a\nb\r\tc\u001b[2J\u0000"))
        .isEqualTo("a\\nb\\r\\tc\\u{1b}[2J\\u{0}");
    assertThat(VisibleText.oneLine("rm \u202etxt.\u2066x\u200b\u00ad\u2028\u00a0y"))
        .isEqualTo("rm \\u{202e}txt.\\u{2066}x\\u{200b}\\u{ad}\\u{2028}\\u{a0}y");
  }

  @Test
  void whatLooksLikeNothingIsWrittenOut() {
    assertThat(VisibleText.oneLine("a\u3164b\ufe0fc\u2800d\u115fe\u034ff\uffa0g" + "\udb40\udd00"))
        .isEqualTo("a\\u{3164}b\\u{fe0f}c\\u{2800}d\\u{115f}e\\u{34f}f\\u{ffa0}g\\u{e0100}");
  }

  @Test
  void aCutLeavesCharactersWhole() {
    assertThat(VisibleText.clip("abcd", 4)).isEqualTo("abcd");
    assertThat(VisibleText.clip("abcde", 4)).isEqualTo("abc…");
    assertThat(VisibleText.clip("ab😀de", 4)).isEqualTo("ab…");
  }

  @Test
  void anEditorSeesNoLink() {
    assertThat(VisibleText.oneLine("[ls](command:evil) [ -f x ]"))
        .isEqualTo("[ls]\\u{28}command:evil) [ -f x ]");
  }

  @Test
  void whatIsTypedDoesNotLookLikeWhatIsWrittenOut() {
    assertThat(VisibleText.oneLine("printf 'a\\nb' \\u{28}\n"))
        .isEqualTo("printf 'a\\\\nb' \\\\u{28}\\n");
  }

  @Test
  void ordinaryTextStaysAsItIs() {
    assertThat(VisibleText.oneLine("echo 'héllo 😀 日本'")).isEqualTo("echo 'héllo 😀 日本'");
  }

  @Test
  void theFirstLinesOfALongAnswerSayWhereTheRestIs() {
    assertThat(MessageVoice.firstLines("short")).isEqualTo("short");
    assertThat(MessageVoice.firstLines("1\n2\n3\n4\n5\n6"))
        .isEqualTo("1\n2\n3\n4\n5 … (the whole answer is in the log)");
    assertThat(MessageVoice.firstLines("1\r\n2\r\n")).isEqualTo("1\n2");
    assertThat(MessageVoice.firstLines("a".repeat(399) + "😀"))
        .isEqualTo("a".repeat(399) + " … (the whole answer is in the log)");
  }
}
