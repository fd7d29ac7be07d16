package dev.codexlsp.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BannedPrefixesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "python",
        "python3",
        "python3.12",
        "python3 -",
        "python3 -c",
        "python3 -m",
        "/usr/bin/python3",
        "py",
        "pypy3",
        "node",
        "node -e",
        "nodejs",
        "deno",
        "bun",
        "perl",
        "perl -e",
        "perl -ne",
        "ruby",
        "ruby -e",
        "php",
        "php -r",
        "lua",
        "osascript",
        "osascript -e",
        "pwsh",
        "pwsh -Command",
        "powershell.exe",
        "bash",
        "bash -c",
        "bash -lc",
        "/bin/bash",
        "/bin/bash -lc",
        "sh",
        "sh -c",
        "sh -lc",
        "zsh",
        "zsh -lc",
        "/bin/zsh -lc",
        "dash",
        "fish -c",
        "env",
        "env A=b",
        "env bash",
        "env bash -c",
        "env -i python3",
        "/usr/bin/env",
        "sudo",
        "sudo -u root",
        "sudo -u root bash",
        "sudo -u root git",
        "xargs -I {} sh -c",
        "sudo bash",
        "sudo env python3 -c",
        "doas",
        "git",
        "git -c",
        "git -C",
        "/usr/bin/git",
        "sudo git",
        "nohup",
        "nohup bash -c",
        "timeout",
        "timeout 5",
        "timeout 5 sh -c",
        "nice -n 5",
        "xargs",
        "xargs -0",
        "xargs -n1 bash",
        "command",
        "exec",
        "eval",
        "time",
        "busybox",
        "busybox sh",
        "rm",
        "rm -rf",
        "sudo rm -rf",
        "find . -exec",
        "find . -delete",
        "fd -x",
        "awk",
        "sed",
        "sed -n",
        "ssh",
        "docker",
        "docker run",
        "docker run -it",
        "npx",
        "npx -y",
        "npm exec",
        "uv run",
        "kubectl exec -it",
        "make",
        "make -f",
        "vim",
        "gdb"
      })
  void banned(String prefix) {
    assertThat(BannedPrefixes.isBanned(List.of(prefix.split(" ")))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "touch",
        "ls",
        "mkdir /etc",
        "npm test",
        "npm run build",
        "git status",
        "git log",
        "git push origin",
        "python3 x.py",
        "python3 -m pytest",
        "node a.js",
        "bash a.sh",
        "sudo ls",
        "env ls",
        "rm a",
        "rm -f a",
        "timeout 5 npm test",
        "xargs ls",
        "find",
        "find . -name a",
        "fd",
        "make test",
        "mvn",
        "cargo test",
        "go build",
        "sed -n 1p",
        "docker ps",
        "docker run image",
        "gh pr view"
      })
  void notBanned(String prefix) {
    assertThat(BannedPrefixes.isBanned(List.of(prefix.split(" ")))).isFalse();
  }

  @Test
  void aScriptInFullIsACommand() {
    assertThat(BannedPrefixes.isBanned(List.of("/bin/bash", "-lc", "ls > a"))).isFalse();
    assertThat(BannedPrefixes.isBanned(List.of("/bin/bash", "-lc", ""))).isTrue();
    assertThat(BannedPrefixes.isBanned(List.of("/bin/bash", "-lc", " "))).isTrue();
  }

  @Test
  void whatNobodyCanReadIsNoRule() {
    assertThat(BannedPrefixes.isBanned(List.of())).isTrue();
    assertThat(BannedPrefixes.isBanned(List.of(""))).isTrue();
    assertThat(BannedPrefixes.isBanned(List.of("ls", "a\u202Eb"))).isTrue();
    assertThat(BannedPrefixes.isBanned(List.of("ls\0"))).isTrue();
    assertThat(BannedPrefixes.isBanned(List.of("ls", "a\rb"))).isTrue();
    assertThat(BannedPrefixes.isBanned(Collections.nCopies(257, "a"))).isTrue();
    assertThat(BannedPrefixes.isBanned(List.of("a".repeat(1 << 15)))).isTrue();
    assertThat(BannedPrefixes.isBanned(List.of("echo", "a\nb"))).isFalse();
  }
}
