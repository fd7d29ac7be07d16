package dev.codexlsp.server;

import dev.codexlsp.server.headless.Assignment;
import java.util.concurrent.Callable;
import java.util.function.ToIntBiFunction;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line as people see it: help, version, and clear words about what is wrong. A wrong
/// one ends with status 2.
final class CommandLineInterface {
  private CommandLineInterface() {}

  /// The demo, which is only made when it is asked for.
  interface Demonstration {
    /// Runs one demo to its end.
    ///
    /// @param prompt for the configured provider; null for the scripted model
    /// @return the exit status
    int run(@Nullable String prompt, boolean acceptsAll);
  }

  /// A look at the machine.
  interface Examination {
    /// Makes all checks and returns the exit status.
    int run(boolean isJson);
  }

  /// What the commands do.
  ///
  /// @param server runs the language server and returns its exit status
  /// @param headless does one thing without an editor and returns the exit status
  /// @param execServer runs an exec-server and returns its exit status
  /// @param doctor looks at the machine
  record Commands(
      ToIntFunction<ServerOptions> server,
      ToIntBiFunction<ServerOptions, Assignment> headless,
      ToIntFunction<ExecServerOptions> execServer,
      Demonstration demo,
      Examination doctor) {}

  static int run(String[] args, Commands commands) {
    ToIntFunction<ServerOptions> server = commands.server();
    CommandSpec root = server("codex-lsp", server);
    root.version("codex-lsp " + Main.VERSION)
        .usageMessage()
        .description("An open coding agent that speaks the Language Server Protocol.")
        .footer(
            "",
            "Without a command it is the language server, on standard input and output.",
            "CODEX_LSP_LOG=error|warn|info|debug says how much is logged to standard error.");
    root.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Print the version and exit.")
            .build());
    CommandSpec lsp = server("lsp", server);
    lsp.usageMessage().description("The language server, on standard input and output.");
    root.addSubcommand("lsp", lsp);
    root.addSubcommand("exec", HeadlessCommand.spec(commands.headless()));
    root.addSubcommand("exec-server", ExecServerCommand.spec(commands.execServer()));
    root.addSubcommand("demo", demo(commands.demo()));
    root.addSubcommand("doctor", doctor(commands.doctor()));
    return new CommandLine(root)
        .setParameterExceptionHandler(CommandLineInterface::refuse)
        .execute(args);
  }

  private static int refuse(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    String problem =
        wrong instanceof UnmatchedArgumentException unmatched
            ? "unknown argument: " + unmatched.getUnmatched().getFirst()
            : wrong.getMessage();
    command.getErr().println("codex-lsp: " + problem);
    command.getErr().println("try: " + command.getCommandSpec().qualifiedName() + " --help");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static CommandSpec server(String name, ToIntFunction<ServerOptions> server) {
    ServerOptions.Specs options = new ServerOptions.Specs();
    Callable<Integer> run = () -> server.applyAsInt(options.values());
    return options
        .addTo(CommandSpec.wrapWithoutInspection(run).name(name))
        .addOption(
            OptionSpec.builder("--stdio")
                .description("Speak over standard input and output (the default).")
                .build())
        .addOption(help());
  }

  private static CommandSpec demo(Demonstration demo) {
    OptionSpec live =
        OptionSpec.builder("--live")
            .type(String.class)
            .paramLabel("PROMPT")
            .description(
                "Run this prompt with the provider of your config.toml, in the current directory.")
            .build();
    OptionSpec yes =
        OptionSpec.builder("--yes")
            .type(boolean.class)
            .description("Accept every command; without it, and without a terminal, none.")
            .build();
    Callable<Integer> run = () -> demo.run(live.getValue(), Boolean.TRUE.equals(yes.getValue()));
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(run)
            .name("demo")
            .addOption(live)
            .addOption(yes)
            .addOption(help());
    spec.usageMessage()
        .description("Show the server at work, with a scripted model: no key, no network.");
    return spec;
  }

  private static CommandSpec doctor(Examination doctor) {
    OptionSpec json =
        OptionSpec.builder("--json")
            .type(boolean.class)
            .description("Print one JSON object instead of lines.")
            .build();
    Callable<Integer> run = () -> doctor.run(Boolean.TRUE.equals(json.getValue()));
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(run).name("doctor").addOption(json).addOption(help());
    spec.usageMessage()
        .description(
            "Say whether everything is there that the agent needs, and what to do if not.");
    return spec;
  }

  static OptionSpec help() {
    return OptionSpec.builder("-h", "--help")
        .usageHelp(true)
        .description("Print this help and exit.")
        .build();
  }
}
