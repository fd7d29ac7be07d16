package dev.codexlsp.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownSafeCommandsTest {
  private static boolean isSafe(String script) {
    return KnownSafeCommands.contain(ShellParser.parse(List.of("/bin/bash", "-lc", script)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ls",
        "ls -la 'a b'",
        "cat a",
        "cd a && ls",
        "echo a; pwd",
        "grep -rn foo . | head -n 5",
        "id",
        "nl -ba a",
        "wc -l a || true",
        "stat a",
        "tail -n 5 a",
        "tr a b",
        "uname -a",
        "which ls",
        "whoami",
        "seq 1 5",
        "rev a",
        "paste a b",
        "cut -d: -f1 a",
        "expr 1 + 1",
        "false",
        "numfmt 1",
        "tac a",
        "base64 a",
        "base64 --decode a",
        "base64 -d a",
        "uniq",
        "uniq a",
        "uniq -c a",
        "uniq -f 1 a",
        "uniq -- a",
        "find . -name '*.java' -type f",
        "rg foo src",
        "rg -n --pretty foo",
        "sed -n 5p a",
        "sed -n '1,5p' a",
        "sed -n 5p"
      })
  void safe(String script) {
    assertThat(isSafe(script)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rm a",
        "touch a",
        "ls && rm a",
        "rm a | ls",
        "git status",
        "git log",
        "ls > a",
        "ls $(rm a)",
        "ls *",
        "ls {a,b}",
        "ls ~",
        "cat <<E\na\nE",
        "A=b ls",
        "env ls",
        "xargs ls",
        "sudo ls",
        "bash -c ls",
        "time ls",
        "/bin/ls",
        "./ls",
        "/tmp/cat a",
        "uniq a b",
        "uniq -c a b",
        "uniq -- a b",
        "uniq -- -f b",
        "uniq - b",
        "uniq -cf 1 a",
        "uniq +1 a b",
        "base64 -o a",
        "base64 -oa b",
        "base64 -Doa b",
        "base64 --output=a",
        "base64 --ou a",
        "find . -exec ls ';'",
        "find . -execdir ls ';'",
        "find . -ok ls ';'",
        "find . -okdir ls ';'",
        "find . -delete",
        "find . -fls a",
        "find . -fprint a",
        "find . -fprint0 a",
        "find . -fprintf a b",
        "rg --pre a b",
        "rg --pre=a b",
        "rg --hostname-bin a b",
        "rg -z a",
        "rg -nz a",
        "rg --search-zip a",
        "sed -n 1p a -i",
        "sed -n 1p -i",
        "sed -n 1p -i.bak",
        "sed -n 1p --in-place",
        "sed -n 1p -e1w",
        "sed -n 1p a b",
        "sed -i 1p a",
        "sed 1p a",
        "sed -n 'w a'",
        "sed -n '1e ls'",
        "sed -n '1p;w a' b",
        "sed -ne 1p a",
        "sed -n $x a",
        "sed -n '1,5p\ne ls'",
        "sed -n 1,2,3p a",
        "awk '{print}' a",
        "sort a",
        "tee a",
        "xxd a",
        "python3 a",
        "printf a",
        "test -f a",
        "less a",
        "command ls",
        "ls & rm a",
        "LS",
        "lѕ",
        "date -s x",
        "hostname x",
        "file a",
        "diff a b",
        "tree -o a"
      })
  void notSafe(String script) {
    assertThat(isSafe(script)).isFalse();
  }

  @Test
  void withoutAShell() {
    assertThat(KnownSafeCommands.contain(ShellParser.parse(List.of("ls", "*")))).isTrue();
    assertThat(KnownSafeCommands.contain(ShellParser.parse(List.of("rm", "a")))).isFalse();
    assertThat(KnownSafeCommands.contain(ShellParser.parse(List.of()))).isFalse();
  }
}
