package dev.codexlsp.exec.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.sandbox.FileRule.Access;
import dev.codexlsp.exec.sandbox.PermissionProfile.Network;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeatbeltTest {
  private static List<String> arguments(Network network) {
    return Seatbelt.arguments(
        new Confinement(
            new PermissionProfile.Managed(
                List.of(
                    new FileRule(new PathPattern.ProjectRoots(Path.of(".git")), Access.READ, true),
                    new FileRule(new PathPattern.ProjectRoots(null), Access.WRITE),
                    new FileRule(new PathPattern.Root(), Access.READ),
                    new FileRule(new PathPattern.Literal(Path.of("/private")), Access.NONE)),
                network),
            Path.of("/w"),
            List.of(Path.of("/w) (allow default) (")),
            null,
            List.of(Path.of("/home/.codex"))),
        new PathFacts(
            Map.of(), List.of(Path.of("/w/a.env")), List.of(Path.of("/w/sub/.git")), List.of()));
  }

  @Test
  void laysTheRulesForFoldersBeforeThoseForWhatIsInThem() {
    List<String> arguments = arguments(Network.RESTRICTED);
    assertThat(arguments.getFirst()).isEqualTo("-p");
    String profile = arguments.get(1);
    assertThat(profile).startsWith("(version 1)\n(deny default)\n").doesNotContain("network");
    assertThat(profile)
        .endsWith(
            """
            (allow file-read* (subpath (param "PATH_0")))
            (deny file-write* (subpath (param "PATH_1")))
            (allow file-read* file-write* (subpath (param "PATH_2")))
            (deny file-read* file-write* (subpath (param "PATH_3")))
            (allow file-read* (subpath (param "PATH_4")))
            (deny file-write* (subpath (param "PATH_5")))
            (deny file-write* (subpath (param "PATH_6")))
            (deny file-write* (subpath (param "PATH_7")))
            (deny file-read* file-write* (subpath (param "PATH_8")))
            (deny file-read* file-write* (subpath (param "PATH_9")))
            """);
    assertThat(arguments.subList(2, arguments.size()))
        .containsExactly(
            "-DPATH_0=/",
            "-DPATH_1=/",
            "-DPATH_2=/w) (allow default) (",
            "-DPATH_3=/private",
            "-DPATH_4=/w) (allow default) (/.git",
            "-DPATH_5=/w) (allow default) (/.git",
            "-DPATH_6=/home/.codex",
            "-DPATH_7=/w/sub/.git",
            "-DPATH_8=/home/.codex/auth.json",
            "-DPATH_9=/w/a.env");
  }

  @Test
  void opensTheNetworkOnlyWhenItIsAllowedAndNeverTheSocketsOfOthers() {
    String profile = arguments(Network.ENABLED).get(1);
    assertThat(profile).contains("(allow network-outbound (remote ip))");
    assertThat(profile).doesNotContain("(allow network-outbound)").doesNotContain("unix");
  }
}
