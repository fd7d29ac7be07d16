package dev.codexlsp.server.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command line that starts the server the way this process was started, so that the demo runs
/// what an editor would run: the same JDK, the same jar, the same start-up cache. Pure.
final class JvmCommand {
  private JvmCommand() {}

  static List<String> server(ProcessHandle.Info self, String mainClass) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return server(java, List.of(self.arguments().orElse(new String[0])), mainClass);
  }

  /// @param arguments of this process; empty when the system does not tell
  static List<String> server(Path java, List<String> arguments, String mainClass) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    int main = arguments.indexOf(mainClass);
    if (main >= 0) {
      command.addAll(arguments.subList(0, main));
    } else {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("-cp");
      command.add(System.getProperty("java.class.path"));
    }
    command.add(mainClass);
    command.add("lsp");
    return command;
  }
}
