package dev.codexlsp.server.demo;

import com.google.gson.JsonObject;
import dev.codexlsp.server.client.VisibleText;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Decides, or lets the person at the terminal decide, whether a command may run. What is not a
/// clear yes is a no. Belongs to the demo's thread.
final class Approvals {
  /// Whoever does not answer for so long has gone.
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Terminal terminal;
  private final Page page;
  private final boolean acceptsAll;
  private boolean acceptedLast;

  Approvals(Terminal terminal, Page page, boolean acceptsAll) {
    this.terminal = terminal;
    this.page = page;
    this.acceptsAll = acceptsAll;
  }

  JsonObject decide(JsonObject request) throws InterruptedException {
    page.line("approval", "the agent wants to run this command:");
    page.line("", VisibleText.oneLine(Json.text(request, "command")));
    String place = Json.text(request, "environmentId");
    page.line(
        "", (place.equals("local") ? "" : "on " + place + " ") + "in " + Json.text(request, "cwd"));
    String reason = Json.text(request, "reason");
    if (!reason.isEmpty()) {
      page.line("", "because: " + reason);
    }
    acceptedLast = isAccepted();
    JsonObject answer = new JsonObject();
    answer.addProperty("decision", acceptedLast ? "accept" : "decline");
    return answer;
  }

  boolean acceptedLast() {
    return acceptedLast;
  }

  private boolean isAccepted() throws InterruptedException {
    if (acceptsAll) {
      page.line("", "accepted, because of --yes");
      return true;
    }
    if (!terminal.attended()) {
      page.line("", "declined, because there is no terminal to ask on (--yes accepts)");
      return false;
    }
    String line = terminal.ask(page.question("run it? [y/N] "), PATIENCE);
    boolean accepted = isYes(line);
    page.line("", accepted ? "accepted" : line == null ? "declined, nobody answered" : "declined");
    return accepted;
  }

  static boolean isYes(@Nullable String line) {
    String word = line == null ? "" : line.strip().toLowerCase(Locale.ROOT);
    return word.equals("y") || word.equals("yes");
  }
}
