package dev.codexlsp.server;

import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.server.headless.Assignment;
import dev.codexlsp.server.headless.Assignment.Continuation;
import dev.codexlsp.server.protocol.ThreadStartParams.SandboxMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/// One of `exec` and `exec resume`, with options named as the original names them.
final class HeadlessCommand implements Callable<Integer> {
  private static final ITypeConverter<SandboxMode> SANDBOX = HeadlessCommand::sandboxMode;

  private final OptionSpec json =
      flag("Print every event to standard output, as a line of JSON.", "--json");
  private final OptionSpec directory =
      option("DIR", Path.class, "Work there instead of here.", "-C", "--cd").build();
  private final OptionSpec model =
      option("MODEL", String.class, "The model.", "-m", "--model").build();
  private final OptionSpec sandbox =
      option("SANDBOX", SandboxMode.class, "What commands may do, see below.", "-s", "--sandbox")
          .converters(SANDBOX)
          .build();
  private final OptionSpec lastMessage =
      option("FILE", Path.class, "Write the last message there.", "-o", "--output-last-message")
          .build();
  private final OptionSpec outputSchema =
      option("FILE", Path.class, "A JSON Schema that the answer follows.", "--output-schema")
          .build();
  private final OptionSpec anywhere =
      flag("Work outside of a git repository too.", "--skip-git-repo-check");
  private final OptionSpec last = flag("Go on with the latest thread of the directory.", "--last");
  private final PositionalParamSpec first = word("0");
  private final PositionalParamSpec second = word("1");

  private final ServerOptions.Specs configuration = new ServerOptions.Specs();
  private final CommandSpec spec;
  private final boolean goesOn;
  private final ToIntBiFunction<ServerOptions, Assignment> run;

  private HeadlessCommand(
      String name, boolean goesOn, ToIntBiFunction<ServerOptions, Assignment> run) {
    this.goesOn = goesOn;
    this.run = run;
    this.spec = CommandSpec.wrapWithoutInspection(this).name(name);
    List.of(json, directory, model, sandbox, outputSchema, lastMessage, anywhere)
        .forEach(spec::addOption);
    configuration.addTo(spec.addPositional(first).addOption(CommandLineInterface.help()));
  }

  /// Both commands.
  ///
  /// @param run does what is asked and returns the exit status
  static CommandSpec spec(ToIntBiFunction<ServerOptions, Assignment> run) {
    CommandSpec exec = new HeadlessCommand("exec", false, run).spec;
    exec.usageMessage()
        .customSynopsis(
            "codex-lsp exec [OPTIONS] PROMPT|-", "       codex-lsp exec resume --help%n")
        .description(
            "Do one thing without an editor. Nobody is asked: what would need an approval is"
                + " refused.")
        .footer(
            "",
            "SANDBOX is read-only, workspace-write or danger-full-access.",
            "The prompt is read from standard input when it is - or missing; what is piped",
            "in beside a prompt is added to it. Ends with 0 when the turn is complete, with",
            "1 when it failed, with 2 for a wrong command line, with 3 when something was",
            "refused.");
    exec.addSubcommand("resume", resume(run));
    return exec;
  }

  private static CommandSpec resume(ToIntBiFunction<ServerOptions, Assignment> run) {
    HeadlessCommand command = new HeadlessCommand("resume", true, run);
    CommandSpec spec = command.spec.addPositional(command.second).addOption(command.last);
    spec.usageMessage()
        .customSynopsis(
            "codex-lsp exec resume [OPTIONS] THREAD PROMPT|-",
            "       codex-lsp exec resume [OPTIONS] --last PROMPT|-%n")
        .description("Go on with a thread, as exec begins one.");
    return spec;
  }

  @Override
  public Integer call() {
    String one = first.getValue();
    String other = second.getValue();
    if (!goesOn) {
      return run.applyAsInt(configuration.values(), assignment(one, null));
    }
    if (Boolean.TRUE.equals(last.getValue())) {
      if (other != null) {
        throw new ParameterException(
            spec.commandLine(), "with --last there is no thread to name: " + one);
      }
      return run.applyAsInt(configuration.values(), assignment(one, new Continuation(null)));
    }
    if (one == null) {
      throw new ParameterException(spec.commandLine(), "name a thread, or say --last");
    }
    return run.applyAsInt(
        configuration.values(), assignment(other, new Continuation(new ThreadId(one))));
  }

  private Assignment assignment(@Nullable String prompt, @Nullable Continuation thread) {
    Path wanted = directory.getValue();
    SandboxMode mode = sandbox.getValue();
    return new Assignment(
        prompt,
        thread,
        (wanted == null ? Path.of("") : wanted).toAbsolutePath().normalize(),
        Boolean.TRUE.equals(anywhere.getValue()),
        model.getValue(),
        mode == null ? null : mode.policy(),
        outputSchema.getValue(),
        lastMessage.getValue(),
        Boolean.TRUE.equals(json.getValue()));
  }

  private static SandboxMode sandboxMode(String word) {
    for (SandboxMode mode : SandboxMode.values()) {
      if (mode.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(word)) {
        return mode;
      }
    }
    throw new TypeConversionException(
        "\"" + word + "\" is none of read-only, workspace-write, danger-full-access");
  }

  private static PositionalParamSpec word(String index) {
    return PositionalParamSpec.builder()
        .index(index)
        .arity("0..1")
        .type(String.class)
        .hidden(true)
        .build();
  }

  private static OptionSpec flag(String description, String name) {
    return OptionSpec.builder(name).type(boolean.class).description(description).build();
  }

  private static OptionSpec.Builder option(
      String label, Class<?> type, String description, String... names) {
    return OptionSpec.builder(names).type(type).paramLabel(label).description(description);
  }
}
