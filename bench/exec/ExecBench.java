import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.remote.RemoteBackend;
import dev.codexlsp.exec.remote.RemotePlace;
import dev.codexlsp.exec.remote.Timing;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Measures our exec-server and the original's in one run, turn about, and our client with pushed
/// completion against a final read. See docs/performance.md.
///
///     java -cp lsp-server/target/codex-lsp.jar bench/exec/ExecBench.java FILE
public final class ExecBench {
  private static final int WARM_UP = 30;
  private static final int ROUNDS = 100;
  private static final int RUNS = 3;
  private static final int COMMANDS = 30;
  private static final int ROUND_TRIP_MS = 40;
  private static final long OUTPUT_BYTES = 512L << 20;
  private static final int PRINTERS = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TRUE = "/usr/bin/true";

  private ExecBench() {}

  public static void main(String[] args) throws Exception {
    if (args.length != 1) {
      System.err.println("usage: ExecBench.java FILE, the original's program");
      System.exit(2);
    }
    Path home = Files.createTempDirectory("codex-exec-bench");
    List<String> original = List.of(args[0], "exec-server", "--listen", "ws://127.0.0.1:0");
    List<String> ours = List.of("bin/codex-lsp", "exec-server", "--listen", "ws://127.0.0.1:0");
    try (ServerUnderTest theirs = new ServerUnderTest("original", original, home);
        ServerUnderTest mine = new ServerUnderTest("ours", ours, home)) {
      System.out.println("| what | original p50 | ours p50 | ratio | p95 of both | budget |");
      System.out.println("|---|---|---|---|---|---|");
      oneShots("one-shot `true`, ordinary client", theirs.uri, mine.uri, "≤ 0.05 ×");
      try (Relay toTheirs = new Relay(theirs.uri.getPort(), ROUND_TRIP_MS, false);
          Relay toMine = new Relay(mine.uri.getPort(), ROUND_TRIP_MS, false)) {
        oneShots("the same through 40 ms of round trip", toTheirs.uri(), toMine.uri(), "≤ 1.0 ×");
      }
      memory(theirs, mine, false, "resident memory then", "-");
      output("output of one process, bytes of the child", 1, theirs.uri, mine.uri, "≥ 0.6 ×");
      memory(theirs, mine, true, "most memory while it did", "≤ 0.5 ×");
      output("the same of " + PRINTERS + " at once", PRINTERS, theirs.uri, mine.uri, "-");
      memory(theirs, mine, true, "most memory while they did", "-");
      System.out.println();
      System.out.println(
          "| our client with our server | p50 | p95 | wait p50 | wait p95 | reads |");
      System.out.println("|---|---|---|---|---|---|");
      for (int roundTrip : List.of(0, ROUND_TRIP_MS)) {
        for (boolean hidesDenial : List.of(false, true)) {
          client(mine.uri, roundTrip, hidesDenial);
        }
      }
    }
  }

  private static void oneShots(String what, URI theirs, URI mine, String budget) throws Exception {
    Samples theirSamples = new Samples();
    Samples mySamples = new Samples();
    try (RawClient their = new RawClient(theirs);
        RawClient my = new RawClient(mine)) {
      for (int round = -WARM_UP; round < ROUNDS; round++) {
        oneShot(round % 2 == 0 ? their : my, round % 2 == 0 ? theirSamples : mySamples, round);
        oneShot(round % 2 == 0 ? my : their, round % 2 == 0 ? mySamples : theirSamples, round);
      }
    }
    row(what, theirSamples, mySamples, "ms", budget);
  }

  private static void oneShot(RawClient client, Samples samples, int round) throws Exception {
    long began = System.nanoTime();
    client.run(1, TRUE);
    if (round >= 0) {
      samples.add((System.nanoTime() - began) / 1e6);
    }
  }

  private static void output(String what, int printers, URI theirs, URI mine, String budget)
      throws Exception {
    Samples theirSamples = new Samples();
    Samples mySamples = new Samples();
    try (RawClient their = new RawClient(theirs);
        RawClient my = new RawClient(mine)) {
      for (int round = -1; round < 5; round++) {
        outputOnce(their, printers, theirSamples, round);
        outputOnce(my, printers, mySamples, round);
      }
    }
    row(what, theirSamples, mySamples, "MB/s", budget);
  }

  private static void outputOnce(RawClient client, int printers, Samples samples, int round)
      throws Exception {
    long began = System.nanoTime();
    long each = OUTPUT_BYTES / printers;
    long bytes = client.run(printers, "head", "-c", Long.toString(each), "/dev/zero");
    if (bytes != each * printers) {
      throw new IllegalStateException(bytes + " bytes came instead of " + each * printers);
    }
    if (round >= 0) {
      samples.add(bytes / 1e6 / ((System.nanoTime() - began) / 1e9));
    }
  }

  private static void memory(
      ServerUnderTest theirs, ServerUnderTest mine, boolean most, String what, String budget)
      throws Exception {
    Samples theirSamples = new Samples();
    Samples mySamples = new Samples();
    theirSamples.add(theirs.megabytes(most));
    mySamples.add(mine.megabytes(most));
    row(what, theirSamples, mySamples, "MB", budget);
  }

  private static void row(String what, Samples theirs, Samples mine, String unit, String budget) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %.2f %s | %.2f %s | %.3f | %.2f, %.2f | %s |%n",
        what,
        theirs.at(50),
        unit,
        mine.at(50),
        unit,
        mine.at(50) / theirs.at(50),
        theirs.at(95),
        mine.at(95),
        budget);
  }

  /// Medians over the runs of what each run had at 50 and at 95 of 100.
  private static void client(URI server, int roundTrip, boolean hidesDenial) throws Exception {
    List<Samples> columns = List.of(new Samples(), new Samples(), new Samples(), new Samples());
    int reads = 0;
    for (int run = 0; run < RUNS; run++) {
      try (Relay relay = new Relay(server.getPort(), roundTrip, hidesDenial)) {
        RemoteBackend backend =
            new RemoteBackend(
                new RemotePlace.Socket(relay.uri(), null, PATIENCE, PATIENCE),
                Timing.standard(Duration.ofSeconds(2)),
                () -> null);
        Samples whole = new Samples();
        Samples waits = new Samples();
        for (int i = -5; i < COMMANDS; i++) {
          command(backend, i >= 0 ? whole : new Samples(), i >= 0 ? waits : new Samples());
        }
        backend.close();
        columns.get(0).add(whole.at(50));
        columns.get(1).add(whole.at(95));
        columns.get(2).add(waits.at(50));
        columns.get(3).add(waits.at(95));
        reads += relay.reads.get();
      }
    }
    int commands = RUNS * (COMMANDS + 5);
    if (reads != (hidesDenial ? commands : 0)) {
      throw new IllegalStateException(reads + " reads for " + commands + " commands");
    }
    System.out.printf(
        Locale.ROOT,
        "| %s, round trip %d ms | %.2f ms | %.2f ms | %.2f ms | %.2f ms | %d of %d |%n",
        hidesDenial ? "final read" : "pushed",
        roundTrip,
        columns.get(0).at(50),
        columns.get(1).at(50),
        columns.get(2).at(50),
        columns.get(3).at(50),
        reads,
        commands);
  }

  /// From the start to the last event, and from the answer to the start to the last event.
  private static void command(RemoteBackend backend, Samples whole, Samples waits)
      throws Exception {
    ProcessSpec spec = new ProcessSpec(List.of(TRUE), Path.of("/"), Map.of());
    long began = System.nanoTime();
    ExecProcess process = backend.start(spec);
    long started = System.nanoTime();
    ProcessEvent event;
    do {
      event = process.next(PATIENCE);
    } while (!(event instanceof ProcessEvent.Last));
    long ended = System.nanoTime();
    if (!(event instanceof ProcessEvent.Closed)) {
      throw new IllegalStateException(event.toString());
    }
    whole.add((ended - began) / 1e6);
    waits.add((ended - started) / 1e6);
  }

  /// What was measured, in any order.
  private static final class Samples {
    private final List<Double> values = new ArrayList<>();

    void add(double value) {
      values.add(value);
    }

    double at(int percent) {
      List<Double> sorted = values.stream().sorted().toList();
      return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }
  }
}
