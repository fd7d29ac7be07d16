import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// An exec-server that is measured, in a process of its own.
final class ServerUnderTest implements AutoCloseable {
  final String name;
  final URI uri;
  private final Process process;

  ServerUnderTest(String name, List<String> command, Path home) throws IOException {
    this.name = name;
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(home.resolve(name + ".log").toFile());
    builder.environment().put("CODEX_HOME", home.toString());
    process = builder.start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    uri = URI.create(out.readLine());
  }

  /// Resident, of the server itself without its commands; now, or the most there was.
  double megabytes(boolean most) throws IOException {
    String field = most ? "VmHWM:" : "VmRSS:";
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith(field))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .findAny()
        .orElseThrow();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
