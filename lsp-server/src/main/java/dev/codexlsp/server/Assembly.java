package dev.codexlsp.server;

import dev.codexlsp.core.Codex;
import dev.codexlsp.core.UuidV7;
import dev.codexlsp.core.account.Accounts;
import dev.codexlsp.core.config.ConfigLoader;
import dev.codexlsp.core.config.ConfigPlaces;
import dev.codexlsp.core.config.EnvironmentsLoader;
import dev.codexlsp.core.config.SessionFlags;
import dev.codexlsp.core.model.HttpModelClient;
import dev.codexlsp.core.model.ModelClient;
import dev.codexlsp.core.model.RetryDelay;
import dev.codexlsp.core.tool.Environments;
import dev.codexlsp.core.tool.ExecEnvironment;
import dev.codexlsp.core.tool.UserShell;
import dev.codexlsp.exec.http.HttpClients;
import dev.codexlsp.exec.http.TlsSockets;
import dev.codexlsp.exec.local.LocalBackend;
import dev.codexlsp.exec.remote.RemoteBackend;
import dev.codexlsp.exec.remote.Timing;
import dev.codexlsp.exec.telemetry.TraceContext;
import dev.codexlsp.server.doctor.AuthoritiesCheck;
import dev.codexlsp.server.doctor.ConfigCheck;
import dev.codexlsp.server.doctor.Doctor;
import dev.codexlsp.server.doctor.HouseCheck;
import dev.codexlsp.server.doctor.ModelCheck;
import dev.codexlsp.server.doctor.SandboxCheck;
import dev.codexlsp.server.lsp.ServerFacts;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The agent's parts, put together for whichever command needs them. Nothing is made before it is
/// asked for.
///
/// @param variables the environment of the process, without what is ours alone
record Assembly(ServerFacts facts, Path userHome, Map<String, String> variables) {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);

  /// How long the output of a command that has ended may stay open.
  private static final Duration DRAIN_GRACE = Duration.ofSeconds(2);

  /// What the JVM and the environment say.
  static Assembly of(Map<String, String> environment) {
    Map<String, String> variables = UserVariables.in(environment);
    Path userHome = Path.of(System.getProperty("user.home"));
    String home = variables.getOrDefault("CODEX_HOME", "");
    ServerFacts facts =
        new ServerFacts(
            Main.VERSION,
            home.isEmpty() ? userHome.resolve(".codex") : Path.of(home).toAbsolutePath(),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch"));
    return new Assembly(facts, userHome, variables);
  }

  /// A collector that cannot be found must not keep anybody from working.
  Telemetry telemetry() {
    try {
      return Telemetry.from(variables, "codex-lsp", Main.VERSION);
    } catch (IllegalArgumentException wrong) {
      Logger.getLogger(Assembly.class.getName()).log(Level.WARNING, "no telemetry", wrong);
      return Telemetry.from(Map.of(), "codex-lsp", Main.VERSION);
    }
  }

  /// Where configuration comes from.
  ///
  /// @param editor the editor's settings as they are now
  /// @throws IllegalArgumentException when a `-c` of the command line is wrong
  ConfigPlaces places(ServerOptions options, Supplier<Map<String, Object>> editor) {
    return new ConfigPlaces(
        facts.codexHome(),
        userHome,
        ConfigPlaces.SYSTEM_FILE,
        SessionFlags.parse(options.config()),
        options.profile(),
        editor);
  }

  Codex codex(ConfigPlaces places, Telemetry telemetry) {
    Clock clock = Clock.system(ZoneId.systemDefault());
    SecureRandom random = new SecureRandom();
    HttpClients http = httpClients();
    ModelClient model =
        new HttpModelClient(
            http,
            new RetryDelay(random::nextDouble),
            Thread::sleep,
            clock,
            new UuidV7(clock, random));
    ConfigLoader configs = new ConfigLoader(places);
    return new Codex(
        new Codex.Environment(
            facts.codexHome(), userHome, variables, clock, random, Main.VERSION, telemetry.api()),
        configs,
        model,
        Accounts.of(configs, facts.codexHome(), http, variables, clock),
        environments());
  }

  private Environments environments() {
    LocalBackend local = new LocalBackend(DRAIN_GRACE, variables);
    UserShell shell = new UserShell(local.surroundings().shell().toString());
    TlsSockets tls = new TlsSockets(variables);
    return new Environments(
        new ExecEnvironment.Local(local, shell, variables, List.of(facts.codexHome())),
        new EnvironmentsLoader(facts.codexHome(), userHome, variables),
        place ->
            new RemoteBackend(place, Timing.standard(DRAIN_GRACE), TraceContext::current, tls));
  }

  private HttpClients httpClients() {
    return new HttpClients(
        variables,
        CONNECT_TIMEOUT,
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory()));
  }

  /// Looks whether everything is there, and returns the exit status.
  int examine(boolean isJson, PrintStream out) throws InterruptedException {
    Clock clock = Clock.system(ZoneId.systemDefault());
    ConfigLoader configs = new ConfigLoader(places(ServerOptions.NONE, Map::of));
    try (LocalBackend local = new LocalBackend(DRAIN_GRACE, variables);
        HttpClients http = httpClients()) {
      return new Doctor(
              List.of(
                  new HouseCheck(Main.VERSION, Runtime.version(), facts.codexHome()),
                  SandboxCheck.of(local),
                  new AuthoritiesCheck(variables),
                  new ConfigCheck(
                      configs,
                      new EnvironmentsLoader(facts.codexHome(), userHome, variables),
                      new ModelCheck(
                          variables,
                          Accounts.of(configs, facts.codexHome(), http, variables, clock),
                          http))),
              out)
          .examine(isJson);
    }
  }
}
