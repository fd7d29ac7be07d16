package dev.codexlsp.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.thread.CommandAction;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The tables were measured with the original, except where a test says otherwise.
class CommandActionsTest {
  private static final Path DIRECTORY = Path.of("/ws");

  private static String actions(String script) {
    List<CommandAction> actions =
        CommandActions.of(ShellParser.parse(List.of("/bin/bash", "-lc", script)), DIRECTORY);
    return String.join(", ", actions.stream().map(CommandActionsTest::shown).toList());
  }

  private static String shown(CommandAction action) {
    return switch (action) {
      case CommandAction.Read(String command, String name, Path path) ->
          "read[" + command + "][" + name + "][" + path + "]";
      case CommandAction.ListFiles(String command, String path) ->
          "list[" + command + "][" + path + "]";
      case CommandAction.Search(String command, String query, String path) ->
          "search[" + command + "][" + query + "][" + path + "]";
      case CommandAction.Unknown(String command) -> "unknown[" + command + "]";
    };
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "cat README.md → read[cat README.md][README.md][/ws/README.md]",
        "cat dir/a.txt → read[cat dir/a.txt][a.txt][/ws/dir/a.txt]",
        "cat ../a → read[cat ../a][a][/a]",
        "cat /x/a → read[cat /x/a][a][/x/a]",
        "cat -n a → read[cat -n a][a][/ws/a]",
        "cat -- -a → read[cat -- -a][-a][/ws/-a]",
        "cat \"it's\" → read[cat \"it's\"][it's][/ws/it's]",
        "cat a,b → read[cat 'a,b'][a,b][/ws/a,b]",
        "sed -n '1,20p' src/a.txt → read[sed -n '1,20p' src/a.txt][a.txt][/ws/src/a.txt]",
        "head -n 20 a → read[head -n 20 a][a][/ws/a]",
        "head -n5 a → read[head -n5 a][a][/ws/a]",
        "tail -n +3 a → read[tail -n +3 a][a][/ws/a]",
        "nl -ba a → read[nl -ba a][a][/ws/a]",
        "less a → read[less a][a][/ws/a]",
        "bat --style=plain a → read[bat '--style=plain' a][a][/ws/a]",
        "awk '{print}' a → read[awk '{print}' a][a][/ws/a]",
        "cat a | head → read[cat a][a][/ws/a]",
        "cat a | sort | uniq → read[cat a][a][/ws/a]",
        "cat a | sed -n 1,5p → read[cat a | sed -n 1,5p][a][/ws/a]",
        "cat a || true → read[cat a][a][/ws/a]",
        "echo x && cat a → read[cat a][a][/ws/a]",
        "cd src && cat a → read[cat a][a][/ws/src/a]",
        "cd a && cd b && cat c → read[cat c][c][/ws/a/b/c]",
        "cd /x && cat c → read[cat c][c][/x/c]",
        "cat a && cat a → read[cat a][a][/ws/a]",
        "cat a; cat b → read[cat a][a][/ws/a], read[cat b][b][/ws/b]",
        "cat a && ls → read[cat a][a][/ws/a], list[ls][null]",
        "ls → list[ls][null]",
        "ls -la src → list[ls -la src][src]",
        "ls a/b/c → list[ls a/b/c][c]",
        "ls a/src → list[ls a/src][a]",
        "ls ./ → list[ls ./][.]",
        "ls -I node src → list[ls -I node src][src]",
        "ls -1 | wc -l → list[ls -1][null]",
        "rg --files src → list[rg --files src][src]",
        "find src → list[find src][src]",
        "find . -type f → list[find . -type f][.]",
        "tree -L 2 d → list[tree -L 2 d][d]",
        "du -sh d → list[du -sh d][d]",
        "git ls-files → list[git ls-files][null]",
        "fd → list[fd][null]",
        "rg foo → search[rg foo][foo][null]",
        "rg -n foo src → search[rg -n foo src][foo][src]",
        "rg -A 3 foo src/ → search[rg -A 3 foo src/][foo][src]",
        "rg -g '*.java' foo → search[rg -g '*.java' foo][foo][null]",
        "rg foo | head -n 5 → search[rg foo][foo][null]",
        "grep -rn foo src → search[grep -rn foo src][foo][src]",
        "grep -e foo -f x y → search[grep -e foo -f x y][foo][y]",
        "git grep -n foo src → search[git grep -n foo src][foo][src]",
        "find . -name '*.java' → search[find . -name '*.java'][*.java][.]",
        "fd -t f foo d → search[fd -t f foo d][foo][d]",
        "rg --files | rg foo → list[rg --files][null], search[rg foo][foo][null]",
      })
  void known(String script, String expected) {
    assertThat(actions(script)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat a > b",
        "cat $X",
        "cat a b",
        "cat",
        "head -c 5 a",
        "tail -f a",
        "echo hi",
        "pwd",
        "ls; pwd",
        "git status",
        "git log",
        "wc -l a",
        "bash -lc 'ls src'",
        "env FOO=1 ls",
        "rm a",
        "sed 's/a/b/' f",
        "ls *.txt",
        "npm test",
        "sed -n 1,5p a | cat",
        "cat a && npm test",
        "cat a && echo x",
        "sort a",
        "sudo ls",
        "yes | rm -rf /x"
      })
  void unknown(String script) {
    assertThat(actions(script)).isEqualTo("unknown[" + script + "]");
  }

  /// The original shows these as if they only looked around.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ls | xargs rm", "rg foo | xargs cat", "cat a | tee b", "find . -delete",
            "find . -exec rm a ';'",
        "fd -x rm", "rg --pre ./a b", "awk -f x a", "awk 'BEGIN{system(\"rm a\")}' a",
            "git grep -Orm a",
        "sed -n 1p a -i", "cat a | sort -o b", "cat a | awk '{print > \"b\"}'", "cat a | uniq - b",
            "tree -o a"
      })
  void whatDoesMoreIsUnknown(String script) {
    assertThat(actions(script)).isEqualTo("unknown[" + script + "]");
  }

  @Test
  void withoutAShell() {
    assertThat(CommandActions.of(ShellParser.parse(List.of("cat", "a b")), DIRECTORY))
        .containsExactly(new CommandAction.Read("cat 'a b'", "a b", Path.of("/ws/a b")));
    assertThat(CommandActions.of(ShellParser.parse(List.of("rm", "a b")), DIRECTORY))
        .containsExactly(new CommandAction.Unknown("rm 'a b'"));
  }
}
