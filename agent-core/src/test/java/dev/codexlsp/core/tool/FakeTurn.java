package dev.codexlsp.core.tool;

import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.approval.PermissionGrant;
import dev.codexlsp.core.approval.ServerRequest;
import dev.codexlsp.core.approval.SessionKey;
import dev.codexlsp.core.config.EnvironmentPolicy;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.store.Compacted;
import dev.codexlsp.core.store.TurnContext;
import dev.codexlsp.core.thread.CollaborationMode;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TokenUsage;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.exec.ExecBackend;
import dev.codexlsp.exec.sandbox.PermissionProfile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A turn around the tools of a test: it keeps what they tell, and answers what they ask. Commands
/// run without a question. Any thread may use it.
public final class FakeTurn implements TurnIo {
  public static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-20T10:00:00Z"), ZoneOffset.UTC);
  public static final ThreadId THREAD = new ThreadId("thread-1");
  public static final TurnId TURN = new TurnId("turn-1");

  private final Terminals terminals = new Terminals(() -> 0L, this::commandEnded);
  private final List<ThreadEvent> events = new CopyOnWriteArrayList<>();
  private final List<ServerRequest> questions = new CopyOnWriteArrayList<>();
  private final Consumer<ThreadEvent> first;
  private final Predicate<ThreadEvent> isKept;
  private volatile CollaborationMode mode = CollaborationMode.DEFAULT;
  private volatile PermissionProfile permissions = new PermissionProfile.Disabled();
  private volatile ApprovalPolicy policy = ApprovalPolicy.NEVER;
  private volatile Answer answer = new Answer.Failed("nobody listens");

  public FakeTurn() {
    this(_ -> {});
  }

  public FakeTurn(Consumer<ThreadEvent> first) {
    this(first, _ -> true);
  }

  /// @param first hears each event before it is kept, on the thread of whoever tells it
  /// @param isKept which events are kept at all
  public FakeTurn(Consumer<ThreadEvent> first, Predicate<ThreadEvent> isKept) {
    this.first = first;
    this.isKept = isKept;
  }

  /// What every question is answered from now on.
  public void answerWith(Answer next) {
    answer = next;
  }

  /// Scopes from now on are limited so, and ask by this policy.
  public void limit(PermissionProfile limits, ApprovalPolicy asking) {
    permissions = limits;
    policy = asking;
  }

  /// Scopes from now on are those of this mode.
  public void workIn(CollaborationMode next) {
    mode = next;
  }

  public TurnScope scope(@Nullable ExecEnvironment environment, Path cwd) {
    return new TurnScope(
        THREAD,
        TURN,
        cwd,
        permissions,
        mode,
        environment,
        new ChildEnvironment(
            new ChildEnvironment.Rules(Set.of(), EnvironmentPolicy.DEFAULTS),
            THREAD,
            null,
            "0.1.0"),
        terminals,
        new TurnChanges(cwd),
        new Grants(PermissionGrant.NOTHING),
        new ToolGate(this, new ToolGate.Terms(policy, false), RuleBook.none(), null, Set.of()),
        null,
        Duration.ofMinutes(5),
        this);
  }

  /// This machine, with what a shell needs.
  public static ExecEnvironment.Local local(ExecBackend backend) {
    return new ExecEnvironment.Local(
        backend, new UserShell("/bin/bash"), Map.of("PATH", "/usr/bin:/bin"), List.of());
  }

  Terminals terminals() {
    return terminals;
  }

  private void commandEnded() {
    terminals.ended();
  }

  public List<ThreadEvent> events() {
    return List.copyOf(events);
  }

  public <E extends ThreadEvent> List<E> events(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /// All that commands have printed, in the order in which it was told.
  public String printed() {
    StringBuilder text = new StringBuilder();
    events(ThreadEvent.CommandOutputDelta.class).forEach(delta -> text.append(delta.delta()));
    return text.toString();
  }

  public List<ServerRequest> questions() {
    return List.copyOf(questions);
  }

  @Override
  public void emit(ThreadEvent event) {
    first.accept(event);
    if (isKept.test(event)) {
      events.add(event);
    }
  }

  @Override
  public void remember(ResponseItem item) {
    throw new AssertionError("tools remember nothing themselves");
  }

  @Override
  public void settled(TurnContext context) {
    throw new AssertionError("tools settle nothing");
  }

  @Override
  public void compacted(Compacted compacted, long tokens) {
    throw new AssertionError("no tool makes the history shorter");
  }

  @Override
  public void usage(TokenUsage.Breakdown last) {
    throw new AssertionError("tools cost nothing");
  }

  @Override
  public Answer ask(ServerRequest request, Set<SessionKey> keys) {
    questions.add(request);
    return answer;
  }
}
