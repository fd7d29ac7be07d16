package dev.codexlsp.exec.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.sandbox.FileRule.Access;
import dev.codexlsp.exec.sandbox.PermissionProfile.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileAccessTest {
  private static FileAccess access(List<FileRule> rules) {
    return FileAccess.of(
        new Confinement(
            new PermissionProfile.Managed(rules, Network.RESTRICTED),
            Path.of("/w"),
            List.of(Path.of("/w"), Path.of("/second")),
            Path.of("/home/me/tmp"),
            List.of(Path.of("/home/me/.codex"), Path.of("/w/program"))),
        List.of(Path.of("/w/store/sub.git")));
  }

  private static FileAccess workspace() {
    SandboxPolicy policy =
        new SandboxPolicy.WorkspaceWrite(List.of(Path.of("/extra")), false, false, false);
    if (!(SandboxProfiles.of(policy) instanceof PermissionProfile.Managed profile)) {
      throw new IllegalStateException();
    }
    List<FileRule> rules = new ArrayList<>(profile.rules());
    rules.add(new FileRule(new PathPattern.Glob("**/*.env"), Access.NONE));
    rules.add(new FileRule(new PathPattern.Literal(Path.of("/w/private")), Access.NONE));
    rules.add(new FileRule(new PathPattern.Literal(Path.of("/w/private/shared")), Access.READ));
    return access(rules);
  }

  @ParameterizedTest
  @CsvSource({
    "/w,                     rw",
    "/w/a,                   rw",
    "/wa,                    r-",
    "/second/a,              rw",
    "/extra/a,               rw",
    "/tmp/a,                 rw",
    "/home/me/tmp/a,         rw",
    "/home/me/a,             r-",
    "/,                      r-",
    "/w/.git,                r-",
    "/w/.git/config,         r-",
    "/w/.gitignore,          rw",
    "/w/.codex/config.toml,  r-",
    "/w/.agents,             r-",
    "/w/.aws/credentials,    r-",
    "/extra/.git/hooks/x,    r-",
    "/extra/.codex,          r-",
    "/w/deep/.git,           r-",
    "/tmp/repo/.git/config,  r-",
    "/w/store/sub.git/hooks, r-",
    "/w/program/app.jar,     r-",
    "/home/me/.codex/x,      r-",
    "/home/me/.codex/auth.json, --",
    "/w/program/auth.json,   --",
    "/w/auth.json,           rw",
    "/w/a.env,               --",
    "/w/deep/er/.env,        --",
    "/second/a.env,          --",
    "/elsewhere/a.env,       r-",
    "/w/a.env/inside,        --",
    "/w/private/x,           --",
    "/w/private/shared/x,    r-",
  })
  void tellsOfAWorkspace(String path, String expected) {
    FileAccess access = workspace();
    String told =
        (access.mayRead(Path.of(path)) ? "r" : "-") + (access.mayWrite(Path.of(path)) ? "w" : "-");
    assertThat(told).isEqualTo(expected);
  }

  @Test
  void isNothingUnlessARuleSaysSo() {
    FileAccess access =
        access(List.of(new FileRule(new PathPattern.Literal(Path.of("/x")), Access.WRITE)));
    assertThat(access.mayRead(Path.of("/x/y"))).isTrue();
    assertThat(access.mayRead(Path.of("/"))).isFalse();
    assertThat(access.mayRead(Path.of("/w"))).isFalse();
  }

  @Test
  void knowsWhatTheSystemNeeds() {
    FileAccess access = access(List.of(new FileRule(new PathPattern.Minimal(), Access.READ)));
    assertThat(access.mayRead(Path.of("/usr/bin/env"))).isTrue();
    assertThat(access.mayRead(Path.of("/home/me/x"))).isFalse();
  }

  @Test
  void ofTwoRulesForOnePathTheStricterKindHolds() {
    PathPattern path = new PathPattern.Literal(Path.of("/x"));
    assertThat(
            access(List.of(new FileRule(path, Access.NONE), new FileRule(path, Access.WRITE)))
                .mayRead(Path.of("/x")))
        .isFalse();
    assertThat(
            access(List.of(new FileRule(path, Access.WRITE), new FileRule(path, Access.READ)))
                .mayWrite(Path.of("/x")))
        .isTrue();
  }

  @Test
  void refusesAPatternThatAllows() {
    assertThatThrownBy(
            () -> access(List.of(new FileRule(new PathPattern.Glob("*.c"), Access.WRITE))))
        .hasMessage("a pattern can only deny: *.c");
    assertThatThrownBy(() -> new PathPattern.ProjectRoots(Path.of("../x")))
        .hasMessage("not a path below a project root: ../x");
    assertThatThrownBy(() -> new PathPattern.Literal(Path.of("x")))
        .hasMessage("not an absolute path: x");
  }

  @Test
  void fullAccessHasNoRules() {
    assertThat(SandboxProfiles.of(new SandboxPolicy.DangerFullAccess()))
        .isEqualTo(new PermissionProfile.Disabled());
    assertThat(SandboxProfiles.of(new SandboxPolicy.ReadOnly(true)))
        .isEqualTo(
            new PermissionProfile.Managed(
                List.of(new FileRule(new PathPattern.Root(), Access.READ)), Network.ENABLED));
  }
}
