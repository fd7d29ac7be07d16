package dev.codexlsp.exec.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Run;
import dev.codexlsp.exec.sandbox.Confinement;
import dev.codexlsp.exec.sandbox.FileRule;
import dev.codexlsp.exec.sandbox.FileRule.Access;
import dev.codexlsp.exec.sandbox.PathPattern;
import dev.codexlsp.exec.sandbox.PermissionProfile;
import dev.codexlsp.exec.sandbox.PermissionProfile.Network;
import dev.codexlsp.exec.sandbox.Rung;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import dev.codexlsp.exec.sandbox.SandboxProfiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every attack under every policy, for real. That an attack is one is seen by running it without
/// limits, too, where that does no harm.
@Timeout(60)
class EscapeTest {
  /// What is reached with the network on and not without: that is what it is for.
  static final Set<Attack> NETWORK =
      EnumSet.of(Attack.IPV4, Attack.IPV6, Attack.DNS, Attack.ABSTRACT_SOCKET);

  /// Not to be tried without limits: they would change this machine or end its processes, are about
  /// what only a sandbox has, or depend on what this kernel has and lets its users do.
  private static final Set<Attack> NOT_WITHOUT_LIMITS =
      EnumSet.of(
          Attack.SIGNAL_EVERYBODY,
          Attack.BIND_MOUNT,
          Attack.REMOUNT,
          Attack.UNMOUNT,
          Attack.ENVIRONMENT,
          Attack.INHERITED_DESCRIPTORS,
          Attack.UNIX_CONNECTED_PAIR,
          Attack.PROC_SYS,
          Attack.SYSRQ,
          Attack.CONTROL_GROUPS,
          Attack.BIND_MOUNT_IN_OWN_NAMESPACE,
          Attack.OVERLAY_MOUNT,
          Attack.USER_NAMESPACE,
          Attack.PTRACE,
          Attack.PROCESS_VM,
          Attack.PROC_MEM,
          Attack.PIDFD_GETFD,
          Attack.FOREIGN_ABI,
          Attack.IO_URING,
          Attack.BPF,
          Attack.USERFAULTFD,
          Attack.KEYRING,
          Attack.VSOCK,
          Attack.PACKET_SOCKET,
          Attack.BLUETOOTH_AND_OTHER_FAMILIES,
          Attack.IPV6,
          Attack.XATTR,
          Attack.FILE_FLAGS,
          Attack.CHOWN,
          Attack.DEVICE_NODE,
          Attack.SETUID_PROGRAM,
          Attack.CAPABILITIES,
          Attack.DISKS);

  /// What comes through under Landlock, network or not. It has no names of its own for processes.
  static final Set<Attack> OUTLIVING = EnumSet.of(Attack.DAEMON);

  @TempDir static Path folder;
  private static EscapeStage stage;
  private static final Map<Rung, LocalBackend> BACKENDS = new EnumMap<>(Rung.class);

  @BeforeAll
  static void setUp() throws Exception {
    stage = new EscapeStage(folder);
    for (Rung rung : Rung.values()) {
      LocalBackend backend =
          new LocalBackend(Duration.ofMillis(500), Map.of("HOME", "/nonexistent"), List.of(rung));
      BACKENDS.put(rung, backend);
      assertThat(backend.sandboxReport().best(rung == Rung.BUBBLEWRAP))
          .as(backend.sandboxReport().toString())
          .isEqualTo(rung);
    }
  }

  @AfterAll
  static void tearDown() throws Exception {
    BACKENDS.values().forEach(LocalBackend::close);
    stage.end();
  }

  @ParameterizedTest
  @EnumSource(Attack.class)
  void isHeldWhileReadingOnly(Attack attack) throws Exception {
    assertHeld(attack, Rung.BUBBLEWRAP, new SandboxPolicy.ReadOnly(false));
  }

  @ParameterizedTest
  @EnumSource(Attack.class)
  void isHeldInAWorkspace(Attack attack) throws Exception {
    assertHeld(
        attack, Rung.BUBBLEWRAP, new SandboxPolicy.WorkspaceWrite(List.of(), false, true, true));
  }

  @ParameterizedTest
  @EnumSource(Attack.class)
  void isHeldWhileReadingOnlyWithTheNetwork(Attack attack) throws Exception {
    assertHeld(attack, Rung.BUBBLEWRAP, new SandboxPolicy.ReadOnly(true));
  }

  @ParameterizedTest
  @EnumSource(Attack.class)
  void isHeldInAWorkspaceWithTheNetwork(Attack attack) throws Exception {
    assertHeld(
        attack, Rung.BUBBLEWRAP, new SandboxPolicy.WorkspaceWrite(List.of(), true, true, true));
  }

  @ParameterizedTest
  @EnumSource(Attack.class)
  void isHeldByLandlock(Attack attack) throws Exception {
    assertHeld(attack, Rung.LANDLOCK, new SandboxPolicy.ReadOnly(false));
  }

  @ParameterizedTest
  @EnumSource(Attack.class)
  void isHeldByLandlockWithTheNetwork(Attack attack) throws Exception {
    assertHeld(attack, Rung.LANDLOCK, new SandboxPolicy.ReadOnly(true));
  }

  @ParameterizedTest
  @MethodSource("trials")
  void succeedsWithoutLimits(Attack attack) throws Exception {
    assertThat(result(attack, Rung.BUBBLEWRAP, null))
        .satisfiesAnyOf(
            result -> assertThat(result).contains("ESCAPED"),
            result -> assertThat(result).doesNotEndWith("damage: "));
  }

  static Set<Attack> trials() {
    return EnumSet.complementOf(EnumSet.copyOf(NOT_WITHOUT_LIMITS));
  }

  private static void assertHeld(Attack attack, Rung rung, SandboxPolicy policy) throws Exception {
    Confinement confinement = confinement(policy);
    String result = result(attack, rung, confinement);
    switch (outcome(attack, rung, confinement.hasNetwork())) {
      case "allowed" -> assertThat(result).as("what is allowed").contains("ESCAPED");
      case "outlives" -> assertThat(result).endsWith("damage: something runs on; ");
      default -> {
        assertThat(result).doesNotContain("ESCAPED").endsWith("damage: ");
        assertThat(result).as("the attack was understood").doesNotContain("syntax error");
      }
    }
  }

  /// In the words of the page on security.
  static String outcome(Attack attack, Rung rung, boolean hasNetwork) {
    return switch (rung) {
      case BUBBLEWRAP -> hasNetwork && NETWORK.contains(attack) ? "allowed" : "held";
      case LANDLOCK ->
          OUTLIVING.contains(attack)
              ? "outlives"
              : hasNetwork && NETWORK.contains(attack) && attack != Attack.ABSTRACT_SOCKET
                  ? "allowed"
                  : "held";
    };
  }

  private static Confinement confinement(SandboxPolicy policy) {
    if (!(SandboxProfiles.of(policy) instanceof PermissionProfile.Managed profile)) {
      throw new IllegalArgumentException(policy.toString());
    }
    List<FileRule> rules = new ArrayList<>(profile.rules());
    rules.add(new FileRule(new PathPattern.Glob("**/*.secret"), Access.NONE));
    Network network = profile.network();
    return new Confinement(
        new PermissionProfile.Managed(rules, network),
        stage.workspace,
        List.of(stage.workspace),
        null,
        List.of(stage.home(), stage.program()));
  }

  private static String result(Attack attack, Rung rung, @Nullable Confinement confinement)
      throws Exception {
    stage.reset();
    ProcessSpec spec =
        new ProcessSpec(
                List.of("/bin/bash", "-c", attack.script()), stage.workspace, stage.variables())
            .within(confinement);
    ExecProcess process = Objects.requireNonNull(BACKENDS.get(rung)).start(spec);
    Run run = Run.of(process);
    return run.stdout() + run.stderr() + "damage: " + stage.damage();
  }
}
