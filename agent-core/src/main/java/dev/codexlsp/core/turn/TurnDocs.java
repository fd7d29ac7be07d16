package dev.codexlsp.core.turn;

import dev.codexlsp.core.context.ContextBlock;
import dev.codexlsp.core.context.ProjectDocFinder;
import dev.codexlsp.core.context.ProjectDocs;
import dev.codexlsp.core.context.Section;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.tool.ExecEnvironment;
import dev.codexlsp.exec.FileSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The `AGENTS.md` files of a turn, as they are where its commands run. Every policy lets them be
/// read.
///
/// On this machine they are looked for anew for each turn, so that a change counts. Elsewhere it
/// takes round trips, so what the history has for the folder holds, and a place that does not
/// answer is not waited for: its files come with a later turn.
record TurnDocs(TurnRequest request, TurnSettings settings, TurnRunner.Surroundings around) {
  private static final System.Logger LOG = System.getLogger(TurnDocs.class.getName());

  private static final long SECONDS = 5;

  /// The message; null for none.
  @Nullable String text() throws InterruptedException {
    return switch (settings.environment()) {
      case null -> find(null).render();
      case ExecEnvironment.Local here -> find(here.backend().files()).render();
      case ExecEnvironment.Remote there -> remote(there);
    };
  }

  private ProjectDocs find(@Nullable FileSystem files) throws InterruptedException {
    ProjectDocFinder docs = around.prompts().docs();
    return docs.find(request.cwd(), files, settings.config().docs());
  }

  private @Nullable String remote(ExecEnvironment.Remote there) throws InterruptedException {
    String known = ContextBlock.latest(said(request.history()), Section.PROJECT_DOCS);
    if (known != null && ProjectDocs.isFor(known, request.cwd())) {
      return known;
    }
    FutureTask<ProjectDocs> search = new FutureTask<>(() -> find(there.backend().files()));
    Thread.ofVirtual().name("docs-" + request.turnId()).start(search);
    try {
      return search.get(SECONDS, TimeUnit.SECONDS).render();
    } catch (TimeoutException | ExecutionException unanswered) {
      LOG.log(System.Logger.Level.WARNING, "no AGENTS.md from " + there.id(), unanswered);
      return find(null).render();
    } finally {
      search.cancel(true);
    }
  }

  /// What developers and users have said in a history.
  static List<ContextBlock.Message> said(List<ResponseItem> history) {
    List<ContextBlock.Message> said = new ArrayList<>();
    for (ResponseItem item : history) {
      if (item.type().equals("message")) {
        String role = item.text("role");
        for (Section.Role known : Section.Role.values()) {
          if (known.word().equals(role)) {
            said.add(new ContextBlock.Message(known, item.texts("content")));
          }
        }
      }
    }
    return said;
  }
}
