package dev.codexlsp.server.doctor;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.codexlsp.server.client.VisibleText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Makes all checks and prints what they find: at once line by line, or as one JSON object.
public final class Doctor {
  /// Grows when a member changes its meaning or goes away.
  private static final int VERSION = 1;

  private static final Gson JSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().setPrettyPrinting().create();

  private final List<Check> checks;
  private final PrintStream out;

  public Doctor(List<Check> checks, PrintStream out) {
    this.checks = List.copyOf(checks);
    this.out = out;
  }

  /// The exit status: 0 unless something will not work.
  public int examine(boolean isJson) throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    for (Check check : checks) {
      List<Finding> found = check.look();
      findings.addAll(found);
      if (!isJson) {
        found.forEach(this::print);
      }
    }
    boolean isWell =
        findings.stream().noneMatch(finding -> finding.verdict() == Finding.Verdict.BAD);
    if (isJson) {
      out.println(JSON.toJson(json(findings, isWell)));
    } else {
      out.println(isWell ? "Nothing is in the way." : "Something is in the way: see above.");
    }
    return isWell ? 0 : 1;
  }

  private void print(Finding finding) {
    String mark =
        switch (finding.verdict()) {
          case GOOD -> "good ";
          case DOUBTFUL -> "hmm  ";
          case BAD -> "BAD  ";
        };
    out.println(mark + finding.subject() + ": " + VisibleText.onTerminal(finding.says()));
    if (finding.todo() != null) {
      out.println("       " + VisibleText.onTerminal(finding.todo()));
    }
  }

  private static JsonObject json(List<Finding> findings, boolean isWell) {
    JsonArray told = new JsonArray();
    for (Finding finding : findings) {
      JsonObject json = new JsonObject();
      json.addProperty("subject", finding.subject());
      json.addProperty("verdict", finding.verdict().name().toLowerCase(Locale.ROOT));
      json.addProperty("says", finding.says());
      json.addProperty("todo", finding.todo());
      told.add(json);
    }
    JsonObject json = new JsonObject();
    json.addProperty("version", VERSION);
    json.addProperty("well", isWell);
    json.add("findings", told);
    return json;
  }
}
