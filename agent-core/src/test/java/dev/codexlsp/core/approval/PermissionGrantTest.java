package dev.codexlsp.core.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.approval.PermissionGrant.FileSystem;
import dev.codexlsp.core.approval.PermissionGrant.NetworkAccess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PermissionGrantTest {
  private static PermissionGrant grant(List<Path> read, List<Path> write, boolean network) {
    return new PermissionGrant(
        new FileSystem(read, write), network ? new NetworkAccess(true) : null);
  }

  @Test
  void anAnswerGivesNoMoreThanWasAskedFor() {
    PermissionGrant asked = grant(List.of(Path.of("/r")), List.of(Path.of("/w")), false);
    PermissionGrant answer =
        grant(
            List.of(Path.of("/r/x"), Path.of("/w/y"), Path.of("/etc")),
            List.of(Path.of("/w"), Path.of("/r"), Path.of("/w/../etc")),
            true);
    assertThat(answer.within(asked))
        .isEqualTo(grant(List.of(Path.of("/r/x"), Path.of("/w/y")), List.of(Path.of("/w")), false));
  }

  @Test
  void grantsAddUp() {
    PermissionGrant one = grant(List.of(), List.of(Path.of("/a")), false);
    PermissionGrant two = grant(List.of(), List.of(Path.of("/a"), Path.of("/b")), true);
    assertThat(one.and(two))
        .isEqualTo(grant(List.of(), List.of(Path.of("/a"), Path.of("/b")), true));
    assertThat(PermissionGrant.NOTHING.isEmpty()).isTrue();
    assertThat(one.and(two).isEmpty()).isFalse();
  }
}
