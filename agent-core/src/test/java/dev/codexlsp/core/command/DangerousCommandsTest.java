package dev.codexlsp.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DangerousCommandsTest {
  private static boolean inScript(String script) {
    return DangerousCommands.areIn(List.of("/bin/bash", "-lc", script));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RM -f a",
        "rm -f a",
        "rm -rf a",
        "rm -fr a",
        "rm -Rfv a",
        "rm a -f",
        "rm -r -f a",
        "rm --force a",
        "rm --fo a",
        "rm -r --force -- a",
        "/bin/rm -f a",
        "./rm -f a",
        "\\rm -f a",
        "'rm' -f a",
        "r\"m\" -f a",
        "rm '-f' a",
        "rm \"-r\"f a",
        "$'rm' -f a",
        "$'\\x72m' -f a",
        "$'\\162\\155' -f a",
        "r\\\nm -f a",
        "ls; rm -f a",
        "ls && rm -f a",
        "ls || rm -f a",
        "ls | rm -f a",
        "ls & rm -f a",
        "ls\nrm -f a",
        "rm -f a > b",
        "> b rm -f a",
        "2>/dev/null rm -f a",
        "A=b rm -f a",
        "A=b C=d rm -f a",
        "(rm -f a)",
        "{ rm -f a; }",
        "! rm -f a",
        "time rm -f a",
        "coproc rm -f a",
        "if true; then rm -f a; fi",
        "if rm -f a; then true; fi",
        "if a; then b; else rm -f a; fi",
        "for f in *; do rm -f \"$f\"; done",
        "while true; do rm -f a; done",
        "until rm -f a; do b; done",
        "case a in a) rm -f a;; esac",
        "f() { rm -f a; }; f",
        "function f { rm -f a; }",
        "echo $(rm -f a)",
        "echo `rm -f a`",
        "echo \"$(rm -f a)\"",
        "echo \"`rm -f a`\"",
        "cat <(rm -f a)",
        "echo ${x:-$(rm -f a)}",
        "echo $(echo $(rm -f a))",
        "echo \"$(echo \"$(rm -f a)\")\"",
        "cat <<E\n$(rm -f a)\nE",
        "bash <<E\nrm -f a\nE",
        "sh <<'E'\nrm -f a\nE",
        "bash <<<'rm -f a'",
        "echo 'rm -f a' | sh",
        "echo rm -f a | bash",
        "printf 'rm -f a' | sudo sh",
        "sudo rm -f a",
        "sudo -u root -- rm -f a",
        "sudo env A=b rm -f a",
        "doas rm -f a",
        "env rm -f a",
        "env -i A=b rm -f a",
        "env -S 'rm -f a'",
        "env -S'rm -f a'",
        "nohup rm -f a",
        "timeout 5 rm -f a",
        "timeout -k 1 5s rm -f a",
        "nice -n 5 rm -f a",
        "ionice -c3 rm -f a",
        "command rm -f a",
        "exec rm -f a",
        "builtin command rm -f a",
        "eval rm -f a",
        "eval 'rm -f a'",
        "eval \"rm -f a\"",
        "stdbuf -o0 rm -f a",
        "setsid rm -f a",
        "busybox rm -f a",
        "chroot / rm -f a",
        "watch rm -f a",
        "watch 'rm -f a'",
        "su -c 'rm -f a'",
        "su root --command='rm -f a'",
        "ssh h rm -f a",
        "flock l rm -f a",
        "xargs rm -f",
        "ls | xargs rm -f",
        "xargs -0 -n1 rm -f",
        "find . | xargs -I{} rm -f {}",
        "xargs sh -c 'rm -f \"$@\"'",
        "parallel rm -f ::: a",
        "find . -delete",
        "find . -name a -delete",
        "find . -exec rm -f {} +",
        "find . -exec rm -f {} \\;",
        "find . -ok rm -f {} ';'",
        "find . -exec sh -c 'rm -f \"$1\"' _ {} ';'",
        "sudo find . -delete",
        "bash -c 'rm -f a'",
        "bash -lc \"rm -f a\"",
        "sh -xc 'rm -f a'",
        "bash --norc -c 'rm -f a'",
        "bash -c 'bash -c \"rm -f a\"'",
        "dash -c 'rm -f a'",
        "fish -c 'rm -f a'",
        "/bin/sh -c 'rm -f a'",
        "trap 'rm -f a' EXIT",
        "alias x='rm -f a'; x",
        "git -c alias.x='!rm -f a' x",
        "git rebase -x 'rm -f a'",
        "git submodule foreach 'rm -f a'",
        "git bisect run rm -f a",
        "X=rm; $X -f a",
        "X='rm -f'; $X a",
        "X=rm\n${X} -f a",
        "{rm,-f,a}",
        "r$9m -f a",
        "r${x}m -f a",
        "rm -f 'a",
        "rm -f \"a",
        "rm -f $(",
        "if rm -f a"
      })
  void dangerous(String script) {
    assertThat(inScript(script)).as(script).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ls",
        "rm a",
        "rm -r a",
        "rm -- -f",
        "rm -i a",
        "rm --recursive a",
        "echo rm -f a",
        "echo 'rm -f a'",
        "grep 'rm -f' a",
        "git commit -m 'rm -f a'",
        "git rm a",
        "# rm -f a",
        "ls # rm -f a",
        "cat rm -f",
        "find . -name '*.f'",
        "find . -name delete",
        "xargs ls -f",
        "tail -f a",
        "cat <<E\nrm -f a\nE",
        "rmdir -f a",
        "farm -f",
        "ls -f rm",
        "sudo ls -f",
        "rg 'rm -f' .",
        "mv -f a b",
        "cp -f a b",
        "for f in rm -f; do ls; done",
        "python3 -c 'print(1)'",
        "echo \"it's\" '\"'"
      })
  void notDangerous(String script) {
    assertThat(inScript(script)).as(script).isFalse();
  }

  @Test
  void withoutAShell() {
    assertThat(DangerousCommands.areIn(List.of("rm", "-rf", "a"))).isTrue();
    assertThat(DangerousCommands.areIn(List.of("sudo", "rm", "-rf", "a"))).isTrue();
    assertThat(DangerousCommands.areIn(List.of("rm", "a"))).isFalse();
    assertThat(DangerousCommands.areIn(List.of())).isFalse();
  }
}
