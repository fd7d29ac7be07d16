package dev.codexlsp.core.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatchCommandTest {
  private static final String PATCH = "*** Begin Patch\n*** Delete File: a\n*** End Patch\n";

  @ParameterizedTest
  @ValueSource(strings = {"'EOF'", "\"EOF\"", "EOF"})
  void aHereDocumentForTheToolIsAPatch(String end) {
    assertThat(PatchCommand.in("apply_patch <<" + end + "\n" + PATCH + "EOF\n"))
        .isEqualTo(new PatchCommand(null, PATCH));
  }

  @Test
  void aFolderMayBeEnteredBefore() {
    assertThat(PatchCommand.in("cd 'my dir' && apply_patch <<'X'\n" + PATCH + "X"))
        .isEqualTo(new PatchCommand("my dir", PATCH));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "apply_patch <<'EOF'\nx\nEOF\nrm -rf /",
        "true; apply_patch <<'EOF'\nx\nEOF",
        "cd $(pwd) && apply_patch <<'EOF'\nx\nEOF",
        "cd a; apply_patch <<'EOF'\nx\nEOF",
        "apply_patch <<'EOF' > out\nx\nEOF",
        "apply_patch x",
        "apply_patch <<'EOF'\nx\nEO",
      })
  void anythingElseIsACommand(String script) {
    assertThat(PatchCommand.in(script)).isNull();
  }
}
