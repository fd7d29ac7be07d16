package dev.codexlsp.exec.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codexlsp.exec.protocol.Payload;
import dev.codexlsp.exec.sandbox.Confinement;
import dev.codexlsp.exec.sandbox.FileRule;
import dev.codexlsp.exec.sandbox.FileRule.Access;
import dev.codexlsp.exec.sandbox.PathPattern;
import dev.codexlsp.exec.sandbox.PermissionProfile;
import dev.codexlsp.exec.sandbox.PermissionProfile.Network;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxGateTest {
  private final SandboxGate gate = SandboxGate.of(Map.of("HOME", "/home/me"));

  @Test
  void letsThroughWhatConfinesNothing() throws Refused {
    assertThat(gate.confinement(null, Map.of())).isNull();
    for (String type : List.of("disabled", "external")) {
      Payload free = Payload.parse("{\"permissions\":{\"type\":\"" + type + "\"}}");
      assertThat(gate.confinement(free, Map.of())).isNull();
    }
  }

  @Test
  void readsWhatTheOriginalSendsForAWorkspace() throws Refused {
    Payload sandbox =
        Payload.parse(
            """
            {"permissions":{"type":"managed","file_system":{"type":"restricted","entries":[
               {"path":{"type":"special","value":{"kind":"root"}},"access":"read"},
               {"path":{"type":"special","value":{"kind":"project_roots"}},"access":"write"},
               {"path":{"type":"special","value":{"kind":"slash_tmp"}},"access":"write"},
               {"path":{"type":"special","value":{"kind":"tmpdir"}},"access":"write"},
               {"path":{"type":"path","path":"file:///x"},"access":"deny"},
               {"path":{"type":"glob_pattern","pattern":"**/*.env"},"access":"none"},
               {"path":{"type":"special","value":{"kind":"project_roots","subpath":".git"}},
                "access":"read","missing_path_behavior":"skip"}]},
              "network":"restricted"},
             "cwd":"file:///w/sub","workspaceRoots":["file:///w"],"windowsSandboxLevel":"disabled",
             "windowsSandboxProxySettingsMode":"reconcile","useLegacyLandlock":false}
            """);

    Confinement confinement = gate.confinement(sandbox, Map.of("TMPDIR", "/t"));

    PermissionProfile.Managed profile =
        new PermissionProfile.Managed(
            List.of(
                new FileRule(new PathPattern.Root(), Access.READ),
                new FileRule(new PathPattern.ProjectRoots(null), Access.WRITE),
                new FileRule(new PathPattern.SlashTmp(), Access.WRITE),
                new FileRule(new PathPattern.Tmpdir(), Access.WRITE),
                new FileRule(new PathPattern.Literal(Path.of("/x")), Access.NONE),
                new FileRule(new PathPattern.Glob("**/*.env"), Access.NONE),
                new FileRule(new PathPattern.ProjectRoots(Path.of(".git")), Access.READ, true)),
            Network.RESTRICTED);
    assertThat(confinement)
        .isEqualTo(
            new Confinement(
                profile,
                Path.of("/w/sub"),
                List.of(Path.of("/w")),
                Path.of("/t"),
                List.of(Path.of("/home/me/.codex"))));
  }

  @Test
  void takesTheHomeOfTheAgentFromItsVariable() {
    assertThat(SandboxGate.of(Map.of("HOME", "/home/me", "CODEX_HOME", "/own")).alwaysProtected())
        .containsExactly(Path.of("/own"));
    assertThat(SandboxGate.of(Map.of()).alwaysProtected()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "5",
        "false",
        "\"disabled\"",
        "{\"permissions\":null}",
        "{\"permissions\":{}}",
        "{\"permissions\":\"disabled\"}",
        "{\"permissions\":[\"disabled\"]}",
        "{\"permissions\":{\"type\":null}}",
        "{\"permissions\":{\"type\":false}}",
        "{\"permissions\":{\"type\":[\"disabled\"]}}",
        "{\"permissions\":{\"type\":\"Disabled\"}}",
        "{\"permissions\":{\"type\":\"readOnly\"}}",
        "{\"permissions\":{\"type\":\"managed\"}}",
        "{\"permissions\":{\"type\":\"managed\",\"network\":\"restricted\"}}",
        "{\"permissions\":{\"type\":\"managed\",\"network\":\"on\",\"file_system\":{}}}",
      })
  void refusesWhatNobodyUnderstands(String json) {
    refuses(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5",
        "{}",
        "{'path':{'type':'special','value':{'kind':'root'}}}",
        "{'path':{'type':'special','value':{'kind':'root'}},'access':'all'}",
        "{'path':{'type':'special','value':{'kind':'moon'}},'access':'read'}",
        "{'path':{'type':'special','value':{'kind':'unknown','path':'x'}},'access':'read'}",
        "{'path':{'type':'special','value':{'kind':'project_roots','subpath':'../x'}},'access':'read'}",
        "{'path':{'type':'special','value':{'kind':'project_roots','subpath':'/x'}},'access':'read'}",
        "{'path':{'type':'path','path':'x'},'access':'read'}",
        "{'path':{'type':'glob_pattern','pattern':'x'},'access':'read'}",
        "{'path':{'type':'path','path':'/x'},'access':'read','missing_path_behavior':'make'}",
      })
  void refusesARuleThatNobodyUnderstands(String entry) {
    refuses(
        "{\"permissions\":{\"type\":\"managed\",\"network\":\"enabled\",\"file_system\":"
            + "{\"type\":\"restricted\",\"entries\":["
            + entry.replace('\'', '"')
            + "]}},\"cwd\":\"file:///w\"}");
  }

  private void refuses(String json) {
    Refused refused =
        catchThrowableOfType(Refused.class, () -> gate.confinement(Payload.parse(json), Map.of()));
    assertThat(refused.error().code()).isEqualTo(-32602);
    assertThat(refused.error().message()).startsWith("`sandbox`: ");
  }
}
