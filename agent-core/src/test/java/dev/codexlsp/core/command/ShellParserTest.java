package dev.codexlsp.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShellParserTest {

  /// Words are separated by `·` and commands by `¦`, where the script has them in any form.
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "ls                          → ls",
        "  ls   -l\t-a                → ls·-l·-a",
        "/bin/ls                     → /bin/ls",
        "ls && pwd || cat a; wc | nl → ls¦pwd¦cat·a¦wc¦nl",
        "ls&&pwd||cat a;wc|nl        → ls¦pwd¦cat·a¦wc¦nl",
        "ls;                         → ls",
        "echo 'a b' \"c d\"          → echo·a b·c d",
        "echo a'b'\"c\"d             → echo·abcd",
        "echo --x=\"y z\"            → echo·--x=y z",
        "echo 'a|b;c&d' \"e<f>(g)\"  → echo·a|b;c&d·e<f>(g)",
        "echo '$X `a` \\' \"it's\"   → echo·$X `a` \\·it's",
        "echo \"a\\nb\" '~' '*' '{a,b}' → echo·a\\nb·~·*·{a,b}",
        "echo a=b c%d e@f g+h,i:j    → echo·a=b·c%d·e@f·g+h,i:j",
        "echo é 'ß'                  → echo·é·ß",
        "test -f a                   → test·-f·a",
        "printf '%s' a               → printf·%s·a",
        "cd src && git status        → cd·src¦git·status",
      })
  void understood(String script, String expected) {
    assertThat(commands(script.strip().replace("\\t", "\t"))).isEqualTo(expected);
  }

  private static String commands(String script) {
    List<SimpleCommand> commands = ShellParser.parseScript(script);
    if (commands == null) {
      return "opaque";
    }
    return String.join(
        "¦", commands.stream().map(command -> String.join("·", command.words())).toList());
  }

  @Test
  void linesAndContinuations() {
    assertThat(commands("ls\n\npwd\n")).isEqualTo("ls¦pwd");
    assertThat(commands("ls &&\n\n pwd |\nwc")).isEqualTo("ls¦pwd¦wc");
    assertThat(commands("ls \\\n  -l\\\na")).isEqualTo("ls·-la");
    assertThat(commands("echo 'a\nb' \"c\nd\"")).isEqualTo("echo·a\nb·c\nd");
    assertThat(commands("echo '' \"\"")).isEqualTo("echo··");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\n",
        "# c",
        "ls # c",
        "ls #c",
        "ls;;pwd",
        "; ls",
        "&& ls",
        "| ls",
        "ls &&",
        "ls |",
        "ls ||",
        "ls & pwd",
        "ls &",
        "ls |& wc",
        "ls &> a",
        "ls > a",
        "ls >> a",
        "ls < a",
        "ls 2>&1",
        "ls 2>/dev/null",
        "cat <<E\na\nE",
        "cat <<'E'\na\nE",
        "cat <<<a",
        "(ls)",
        "{ ls; }",
        "$(ls)",
        "echo $(ls)",
        "echo `ls`",
        "echo \"$(ls)\"",
        "echo \"`ls`\"",
        "cat <(ls)",
        "ls >(cat)",
        "echo $X",
        "echo ${X}",
        "echo \"$X\"",
        "echo $",
        "echo $'a'",
        "echo $\"a\"",
        "$X",
        "X=1",
        "X=1 ls",
        "X+=1 ls",
        "X[0]=1 ls",
        "ls *",
        "ls a?",
        "ls [ab]",
        "ls {a,b}",
        "ls {1..3}",
        "ls ~",
        "ls ~root",
        "ls a:~",
        "ls -a=~",
        "echo !x",
        "!ls",
        "! ls",
        "echo a^b",
        "echo a\\ b",
        "\\ls",
        "l\\s",
        "\"ls\"",
        "'ls'",
        "l's'",
        "l\"\"s",
        "ls 'a",
        "ls \"a",
        "ls \"a\\\"b\"",
        "ls \"\\$a\"",
        "ls \"a\\\nb\"",
        "ls \\",
        "ls a\\",
        "ls\r",
        "ls\r\npwd",
        "ls\rpwd",
        "ls\0",
        "ls\u000B-l",
        "ls\f-l",
        "ls\u00A0-l",
        "ls\u2003-l",
        "ls\u202E",
        "ls '\u202Ea'",
        "ls \u200B",
        "ls a\u00ADb",
        "ls '\uFEFF'",
        "\uFEFFls",
        "ls\u2028rm",
        "ls \uD800",
        "ls \u3164",
        "l\u0455",
        "\uFF4Cs",
        "ls \u001B[2J",
        "ls \u0085",
        "if true; then ls; fi",
        "for f in a; do ls; done",
        "while ls; do pwd; done",
        "case a in a) ls;; esac",
        "until ls; do pwd; done",
        "select x in a; do ls; done",
        "function f { ls; }",
        "f() { ls; }",
        "f () { ls; }",
        "time ls",
        "coproc ls",
        "[[ -f a ]]",
        "[ -f a ]",
        "((1))",
        "let x=1",
        "repeat 3 ls",
        "=ls",
        "ls =ls",
        "- ls",
        "-x",
        "% ls",
        "@ls",
        "+(ls)",
        "ls @(a)",
        "ls a(b)",
        "ls }",
        "ls {",
        "alias ls=rm",
        "unalias ls",
        "export A=b",
        "declare A=b",
        "typeset A",
        "local A",
        "readonly A=b",
        "set -e",
        "shopt -s extglob",
        "setopt x",
        "eval ls",
        "source a",
        ". a",
        "exec ls",
        "trap ls EXIT",
        "hash -p /x ls",
        "enable -n echo",
        "unset A",
        "read A",
        "mapfile A",
        "getopts a A",
        "builtin ls",
        "emulate sh",
        "printf -v A b",
        "test -v 'a[$(ls)]'",
        "printf %d 'a[0]'",
        "wait -p A",
        "kill 'a[0]'",
        "ls && alias ls=rm",
        "ls | read A",
        "umask 0",
        "noglob ls",
        "nocorrect ls",
        "fc -s",
        "history -s a"
      })
  void notUnderstood(String script) {
    assertThat(commands(script)).isEqualTo("opaque");
    assertThat(ShellParser.parse(List.of("bash", "-lc", script)))
        .isEqualTo(new ParsedCommand.Opaque(List.of("bash", "-lc", script)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bash -lc",
        "bash -c",
        "sh -c",
        "sh -lc",
        "zsh -c",
        "zsh -lc",
        "/bin/bash -lc",
        "/usr/bin/zsh -c",
        "env bash -lc",
        "/usr/bin/env sh -c"
      })
  void aShellWithAScriptIsItsCommandsAndItself(String wrapper) {
    List<String> argv = append(wrapper, "ls -l | wc");
    assertThat(ShellParser.parse(argv))
        .isEqualTo(
            new ParsedCommand.Understood(
                argv,
                new SimpleCommand(argv),
                List.of(new SimpleCommand(List.of("ls", "-l")), new SimpleCommand(List.of("wc")))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "./bash -c",
        "bin/bash -c",
        "../sh -lc",
        "fish -c",
        "bash -x -c",
        "bash -ic",
        "bash --login -c",
        "bash -c -l",
        "bash -O extglob -c",
        "env A=b bash -c",
        "env -i bash -c",
        "dash -c"
      })
  void otherWordsAroundAScriptAreAProgramWithArguments(String wrapper) {
    List<String> argv = append(wrapper, "ls");
    assertThat(ShellParser.parse(argv))
        .isEqualTo(new ParsedCommand.Understood(argv, null, List.of(new SimpleCommand(argv))));
  }

  private static List<String> append(String wrapper, String script) {
    return Stream.concat(Stream.of(wrapper.split(" ")), Stream.of(script)).toList();
  }

  @Test
  void argumentsAfterTheScriptAreNotAScriptAlone() {
    List<String> argv = List.of("bash", "-c", "$0 $1", "rm", "a");
    assertThat(ShellParser.parse(argv))
        .isEqualTo(new ParsedCommand.Understood(argv, null, List.of(new SimpleCommand(argv))));
  }

  @Test
  void anArgvThatCannotBeReadIsOpaque() {
    for (List<String> argv :
        List.of(
            List.<String>of(),
            List.of(""),
            List.of("ls", "a\0b"),
            List.of("l s"),
            List.of("ls\n"),
            List.of("ls", "\u202E"),
            List.of("l\u0455"),
            List.of("ba\u200Bsh", "-c", "ls"))) {
      assertThat(ShellParser.parse(argv)).isEqualTo(new ParsedCommand.Opaque(argv));
    }
  }

  @Test
  void sizeIsBounded() {
    assertThat(ShellParser.parseScript("ls " + "a".repeat(1 << 16))).isNull();
    assertThat(Objects.requireNonNull(ShellParser.parseScript("ls " + "a".repeat(1000))))
        .hasSize(1);
    String[] many = new String[5000];
    Arrays.fill(many, "ls");
    assertThat(ShellParser.parse(List.of(many))).isInstanceOf(ParsedCommand.Opaque.class);
  }
}
