package dev.codexlsp.server.headless;

import com.google.gson.JsonObject;
import dev.codexlsp.core.Codex;
import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.config.Config;
import dev.codexlsp.core.config.ConfigException;
import dev.codexlsp.core.session.ClientIdentity;
import dev.codexlsp.core.session.OpenedThread;
import dev.codexlsp.core.thread.CodexException;
import dev.codexlsp.core.thread.Reply;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.Turn;
import dev.codexlsp.core.thread.UserInput;
import dev.codexlsp.core.turn.ThreadOverrides;
import dev.codexlsp.core.turn.TurnInput;
import dev.codexlsp.core.turn.TurnOptions;
import dev.codexlsp.core.turn.TurnWork;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs one assignment to its end, on the thread of its caller.
public final class Headless {
  private final Codex codex;
  private final ClientIdentity identity;
  private final Streams streams;

  /// What the process was given.
  ///
  /// @param isAttended whether standard input is a terminal
  public record Streams(InputStream in, boolean isAttended, PrintStream out, PrintStream err) {}

  public Headless(Codex codex, ClientIdentity identity, Streams streams) {
    this.codex = codex;
    this.identity = identity;
    this.streams = streams;
  }

  public ExitStatus run(Assignment assignment) throws InterruptedException {
    Display display =
        assignment.isJson() ? new EventLines(streams.out()) : new PlainLines(streams.err());
    try {
      check(assignment);
      Path schema = assignment.outputSchema();
      JsonObject wanted = schema == null ? null : OutputSchema.read(schema);
      // The last of all, since it waits for whoever writes it.
      String prompt =
          new PromptSource(streams.in(), streams.isAttended(), streams.err())
              .read(assignment.prompt());
      return run(assignment, prompt, wanted, display);
    } catch (CodexException | ConfigException | IOException wrong) {
      display.refused(String.valueOf(wrong.getMessage()));
      return ExitStatus.FAILED;
    }
  }

  /// Nothing is begun that cannot come to its end.
  private void check(Assignment assignment) throws ConfigException, IOException {
    if (!Files.isDirectory(assignment.cwd())) {
      throw new CodexException("not a directory: " + assignment.cwd());
    }
    if (!assignment.isAnywhere() && !GitRepository.holds(assignment.cwd())) {
      throw new CodexException(
          assignment.cwd()
              + " is in no git repository; with --skip-git-repo-check it is used all the same");
    }
    Path file = assignment.lastMessage();
    if (file != null) {
      LastMessage.requireWritable(file);
    }
    Config _ = codex.configs().load(assignment.cwd());
  }

  private ExitStatus run(
      Assignment assignment, String prompt, @Nullable JsonObject schema, Display display)
      throws IOException, InterruptedException {
    TurnWatch watch = new TurnWatch(display);
    OpenedThread opened = answer(reply -> open(assignment, watch, reply));
    display.opened(opened, prompt);
    ThreadId id = opened.thread().id();
    TurnWork.Conversation work =
        new TurnWork.Conversation(
            TurnInput.of(List.of(new UserInput.Text(prompt))), new TurnOptions(schema, null));
    Turn _ = answer(reply -> codex.threads().startTurn(id, work, ThreadOverrides.NONE, reply));
    ExitStatus status = watch.await();
    finish(assignment, watch, status);
    if (streams.out().checkError()) {
      streams.err().println("codex-lsp: standard output cannot be written");
      return ExitStatus.FAILED;
    }
    return status;
  }

  private void open(Assignment assignment, TurnWatch watch, Reply<OpenedThread> reply) {
    ThreadOverrides wishes = wishes(assignment);
    Assignment.Continuation thread = assignment.thread();
    if (thread == null) {
      codex.startThread(wishes, List.of(), identity, watch, reply);
    } else {
      codex.resumeThread(thread.id(), wishes, identity, watch, reply);
    }
  }

  /// Nobody is asked, so the model is told not to ask.
  private static ThreadOverrides wishes(Assignment assignment) {
    return ThreadOverrides.NONE.with(
        ThreadOverrides.Answering.by(assignment.model()),
        new ThreadOverrides.Limits(ApprovalPolicy.NEVER, null, assignment.sandbox()),
        assignment.cwd());
  }

  /// What was said last is the result: on standard output, unless the events are there, and in the
  /// file for it.
  private void finish(Assignment assignment, TurnWatch watch, ExitStatus status)
      throws IOException {
    String message = watch.lastMessage();
    if (!assignment.isJson() && message != null && status != ExitStatus.FAILED) {
      streams.out().println(message);
    }
    Path file = assignment.lastMessage();
    if (file != null) {
      LastMessage.write(file, message);
    }
  }

  private <T> T answer(Consumer<Reply<T>> request) throws InterruptedException {
    CompletableFuture<T> answer = new CompletableFuture<>();
    request.accept(
        new Reply<>() {
          @Override
          public boolean accept(T value) {
            return answer.complete(value);
          }

          @Override
          public void refuse(CodexException reason) {
            answer.completeExceptionally(reason);
          }
        });
    try {
      return answer.get();
    } catch (ExecutionException refused) {
      if (refused.getCause() instanceof CodexException reason) {
        throw reason;
      }
      throw new IllegalStateException(refused);
    }
  }
}
