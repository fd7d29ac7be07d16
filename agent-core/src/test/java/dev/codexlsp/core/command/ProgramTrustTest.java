package dev.codexlsp.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.command.ProgramTrust.Location;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramTrustTest {
  private static final List<Path> ROOTS = List.of(Path.of("/srv/tree"), Path.of("/tmp"));

  private static @Nullable String objection(
      String command, @Nullable String found, @Nullable String real, boolean isChosen) {
    return ProgramTrust.objection(
        new SimpleCommand(List.of(command.split(" "))),
        new Location(found == null ? null : Path.of(found), real == null ? null : Path.of(real)),
        ROOTS,
        isChosen);
  }

  @ParameterizedTest(name = "{0} at {1}")
  @CsvSource({
    "ls -l, /usr/bin/ls, /usr/bin/ls",
    "/usr/bin/ls, /usr/bin/ls, /usr/bin/coreutils",
    "cd a, ,",
    "echo a, /usr/bin/echo, /usr/bin/echo",
    "git status, /usr/bin/git, /usr/bin/git",
    "x, /srv/treehouse/x, /srv/treehouse/x",
  })
  void trusted(String command, @Nullable String found, @Nullable String real) {
    assertThat(objection(command, found, real, false)).isNull();
  }

  @ParameterizedTest(name = "{0} at {1}")
  @CsvSource({
    "ls, /srv/tree/bin/ls, /srv/tree/bin/ls, /srv/tree/bin/ls is in a folder that commands can"
        + " write",
    "ls, /usr/local/bin/ls, /srv/tree/ls, /usr/local/bin/ls is in a folder that commands can"
        + " write",
    "ls, /srv/tree/ls, /usr/bin/ls, /srv/tree/ls is in a folder that commands can write",
    "ls, /usr/../tmp/ls, /usr/bin/ls, /usr/../tmp/ls is in a folder that commands can write",
    "echo, /tmp/echo, /tmp/echo, /tmp/echo is in a folder that commands can write",
    "/tmp/ls, /tmp/ls, /tmp/ls, /tmp/ls is in a folder that commands can write",
    "gradlew, , , gradlew was not found",
    "bin/ls, /usr/bin/ls, /usr/bin/ls, bin/ls is named by a path below the current folder",
    "./ls, /usr/bin/ls, /usr/bin/ls, ./ls is named by a path below the current folder",
    "ls, bin/ls, /usr/bin/ls, ls was found by a relative path",
    "git -C /a status, /usr/bin/git, /usr/bin/git, git would run in a folder that the model has"
        + " chosen",
    "git --git-dir=/a log, /usr/bin/git, /usr/bin/git, git would run in a folder that the model has"
        + " chosen",
    "git --work-tree /a log, /usr/bin/git, /usr/bin/git, git would run in a folder that the model"
        + " has chosen",
  })
  void notTrusted(String command, @Nullable String found, @Nullable String real, String objection) {
    assertThat(objection(command, found, real, false)).isEqualTo(objection);
  }

  @ParameterizedTest
  @ValueSource(strings = {"git status", "/usr/bin/git log", "git-lfs ls", "gh pr view", "tig"})
  void whatObeysItsFolderIsNotTrustedInAChosenOne(String command) {
    String name = SimpleCommand.baseName(command.split(" ", -1)[0]);
    assertThat(objection(command, "/usr/bin/" + name, "/usr/bin/" + name, true))
        .isEqualTo(name + " would run in a folder that the model has chosen");
    assertThat(objection("ls", "/usr/bin/ls", "/usr/bin/ls", true)).isNull();
  }

  private static ParsedCommand.Understood understood(String script) {
    return (ParsedCommand.Understood) ShellParser.parse(List.of("/bin/bash", "-lc", script));
  }

  @Test
  void everyProgramIsNamed() {
    assertThat(
            ProgramTrust.programs(
                    understood("ls && sh -c 'wc | nl'; timeout 5 ./evil; xargs -n1 git log"))
                .stream()
                .map(SimpleCommand::program))
        .contains("/bin/bash", "ls", "sh", "wc", "nl", "timeout", "./evil", "xargs", "git");
    assertThat(
            ProgramTrust.programs(
                (ParsedCommand.Understood) ShellParser.parse(List.of("git", "log"))))
        .containsExactly(new SimpleCommand(List.of("git", "log")));
  }

  @Test
  void aShellBehindEnvIsNamedToo() {
    List<String> argv = List.of("env", "bash", "-c", "ls");
    assertThat(
            ProgramTrust.programs((ParsedCommand.Understood) ShellParser.parse(argv)).stream()
                .map(SimpleCommand::program))
        .containsExactly("env", "bash", "ls");
  }

  @Test
  void aScriptThatLeavesItsFolder() {
    assertThat(ProgramTrust.changesFolder(understood("cd a && git status"))).isTrue();
    assertThat(ProgramTrust.changesFolder(understood("pushd a; ls"))).isTrue();
    assertThat(ProgramTrust.changesFolder(understood("bash -c 'cd a; ls'"))).isTrue();
    assertThat(ProgramTrust.changesFolder(understood("git status"))).isFalse();
  }
}
