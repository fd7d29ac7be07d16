package dev.codexlsp.server;

import dev.codexlsp.server.ExecServerOptions.Authentication;
import dev.codexlsp.server.ExecServerOptions.Terms;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The options of `exec-server`, named as the original names them.
final class ExecServerCommand {
  private final OptionSpec listen =
      option(
          "--listen", "URL", String.class, "ws://IP:PORT or stdio; without it ws://127.0.0.1:0.");
  private final OptionSpec mode =
      option("--ws-auth", "MODE", String.class, "capability-token or signed-bearer-token.");
  private final OptionSpec tokenFile =
      option("--ws-token-file", "FILE", Path.class, "The capability token.");
  private final OptionSpec tokenSha256 =
      option("--ws-token-sha256", "HEX", String.class, "The SHA-256 of the capability token.");
  private final OptionSpec secretFile =
      option("--ws-shared-secret-file", "FILE", Path.class, "The secret of signed tokens (HS256).");
  private final OptionSpec issuer =
      option("--ws-issuer", "NAME", String.class, "The issuer that signed tokens must have.");
  private final OptionSpec audience =
      option("--ws-audience", "NAME", String.class, "The audience that signed tokens must have.");
  private final OptionSpec skew =
      option(
          "--ws-max-clock-skew-seconds",
          "SECONDS",
          Long.class,
          "How far two clocks may differ; without it 30.");
  private final OptionSpec concurrentRequests =
      option(
          "--concurrent-requests",
          "COUNT",
          Integer.class,
          "How many requests of a connection are handled at once; without it 1.");
  private final OptionSpec exitOnStdinClose =
      OptionSpec.builder("--exit-on-stdin-close")
          .description("End with the standard input, which belongs to the parent.")
          .build();

  private ExecServerCommand() {}

  /// @param server runs an exec-server and returns its exit status
  static CommandSpec spec(ToIntFunction<ExecServerOptions> server) {
    ExecServerCommand command = new ExecServerCommand();
    Callable<Integer> run = () -> server.applyAsInt(command.options());
    CommandSpec spec = CommandSpec.wrapWithoutInspection(run).name("exec-server");
    List.of(
            command.listen,
            command.mode,
            command.tokenFile,
            command.tokenSha256,
            command.secretFile,
            command.issuer,
            command.audience,
            command.skew,
            command.concurrentRequests,
            command.exitOnStdinClose)
        .forEach(spec::addOption);
    spec.addOption(CommandLineInterface.help());
    spec.usageMessage()
        .description("Let a client on another machine run commands and use files here.");
    return spec;
  }

  private ExecServerOptions options() {
    Integer requests = concurrentRequests.getValue();
    return new ExecServerOptions(
        listen.getValue(),
        new Authentication(
            mode.getValue(),
            tokenFile.getValue(),
            tokenSha256.getValue(),
            secretFile.getValue(),
            new Terms(issuer.getValue(), audience.getValue(), skew.getValue())),
        requests == null ? 1 : requests,
        Boolean.TRUE.equals(exitOnStdinClose.getValue()));
  }

  private static OptionSpec option(String name, String label, Class<?> type, String description) {
    return OptionSpec.builder(name).type(type).paramLabel(label).description(description).build();
  }
}
