package dev.codexlsp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.sandbox.Rung;
import dev.codexlsp.exec.sandbox.SandboxReport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, UTF_8);

  @Test
  void aMachineWithASandboxIsWell() {
    SandboxReport report =
        new SandboxReport(List.of(new SandboxReport.Finding(Rung.BUBBLEWRAP, null)));
    assertThat(Doctor.examine(report, out)).isZero();
    assertThat(printed.toString(UTF_8)).startsWith("sandbox: commands are confined");
  }

  @Test
  void oneThatOnlyConfinesReadersIsToldSo() {
    SandboxReport report =
        new SandboxReport(
            List.of(
                new SandboxReport.Finding(Rung.BUBBLEWRAP, "not installed"),
                new SandboxReport.Finding(Rung.LANDLOCK, null)));
    assertThat(Doctor.examine(report, out)).isEqualTo(1);
    assertThat(printed.toString(UTF_8))
        .startsWith("sandbox: commands that write nothing are confined (landlock ")
        .contains(
            "bubblewrap: not installed; landlock: only for what writes nothing",
            "install bubblewrap");
  }

  @Test
  void oneWithoutIsToldWhyAndWhatToDo() {
    SandboxReport report =
        new SandboxReport(List.of(new SandboxReport.Finding(Rung.BUBBLEWRAP, "not installed")));
    assertThat(Doctor.examine(report, out)).isEqualTo(1);
    assertThat(printed.toString(UTF_8))
        .contains("bubblewrap: not installed", "install bubblewrap", "danger-full-access");
  }
}
