package dev.codexlsp.core.tool;

import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.Decision;
import dev.codexlsp.core.approval.FileKey;
import dev.codexlsp.core.approval.PatchRules;
import dev.codexlsp.core.approval.SessionKey;
import dev.codexlsp.core.patch.FileChange;
import dev.codexlsp.core.patch.Patch;
import dev.codexlsp.core.patch.PatchPlanner;
import dev.codexlsp.core.patch.PlanResult;
import dev.codexlsp.core.thread.Item.PatchStatus;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.FileSystem;
import dev.codexlsp.exec.sandbox.Confinement;
import dev.codexlsp.exec.sandbox.DenialSigns;
import dev.codexlsp.exec.sandbox.FileAccess;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One patch on its way from its text to the files: held against them, judged, asked about, and
/// written within the sandbox of the turn unless the user has allowed more. Confined to the thread
/// of its call.
final class PatchRun {
  private final ExecEnvironment environment;
  private final Path directory;
  private final TurnScope turn;
  private final Clock clock;
  private final FileSystem plain;
  private final @Nullable Confinement sandbox;
  private final PatchFiles sources;

  /// What the sandbox means for real paths; set before the first file is read.
  private @Nullable FileAccess access;

  PatchRun(ExecEnvironment environment, Path directory, TurnScope turn, Clock clock) {
    this.environment = environment;
    this.directory = directory;
    this.turn = turn;
    this.clock = clock;
    this.plain = environment.backend().files();
    this.sandbox = turn.confinement(directory);
    this.sources = new PatchFiles(plain, this::mayRead);
  }

  /// How it ended.
  sealed interface End {

    record Applied(List<FileChange> changes) implements End {}

    /// Nothing was changed.
    ///
    /// @param reason for the model
    record Refused(String reason) implements End {}

    /// The user wants the turn to end.
    record Cancelled(String reason) implements End {}
  }

  private static final End REJECTED = new End.Refused("patch rejected by user");

  End run(Patch patch, Path directory, ItemId id) throws InterruptedException {
    try {
      access = new RealConfinement(new PatchFiles(plain)).access(sandbox);
    } catch (FileException unclear) {
      return new End.Refused("apply_patch failed: " + unclear.getMessage());
    }
    return switch (PatchPlanner.plan(patch, directory, sources)) {
      case PlanResult.Refused(String reason) ->
          new End.Refused("apply_patch verification failed: " + reason);
      case PlanResult.Planned(List<FileChange> changes) ->
          changes.isEmpty()
              ? new End.Refused("patch rejected: empty patch")
              : judge(changes, new PatchItem(id, changes, turn, clock));
    };
  }

  private End judge(List<FileChange> changes, PatchItem item) throws InterruptedException {
    PatchRules.Verdict verdict =
        PatchRules.judge(turn.gate().terms().policy(), sources.touched(changes), this::mayWrite);
    return switch (verdict) {
      case PatchRules.Verdict.Apply() -> {
        item.started();
        yield write(changes, item, sandbox);
      }
      case PatchRules.Verdict.Ask(@Nullable String reason) -> {
        item.started();
        yield turn.gate().isApproved(keys(changes))
            ? write(changes, item, allowed(changes))
            : afterAsking(ask(item, changes, reason), changes, item, allowed(changes));
      }
      case PatchRules.Verdict.Refuse(String reason) -> {
        item.started();
        item.completed(PatchStatus.DECLINED);
        yield new End.Refused("patch rejected: " + reason);
      }
    };
  }

  private boolean mayRead(Path path) {
    FileAccess known = access;
    return known == null || known.mayRead(path);
  }

  private boolean mayWrite(Path path) {
    FileAccess known = access;
    return known == null || known.mayWrite(path);
  }

  /// What the user accepts is written within the sandbox if it lies there, and else without one:
  /// that is what was asked.
  private @Nullable Confinement allowed(List<FileChange> changes) {
    return sources.touched(changes).stream().allMatch(this::mayWrite) ? sandbox : null;
  }

  private Set<SessionKey> keys(List<FileChange> changes) {
    Set<SessionKey> keys = new HashSet<>();
    for (Path path : sources.touched(changes)) {
      keys.add(new FileKey(environment.id(), path));
    }
    return keys;
  }

  private Answer ask(PatchItem item, List<FileChange> changes, @Nullable String reason)
      throws InterruptedException {
    try {
      return turn.gate().ask(item.approval(reason), item.planned(reason, directory), keys(changes));
    } catch (InterruptedException interrupt) {
      item.completed(PatchStatus.DECLINED);
      throw interrupt;
    }
  }

  /// @param within what it is confined to once it is accepted
  private End afterAsking(
      Answer answer, List<FileChange> changes, PatchItem item, @Nullable Confinement within)
      throws InterruptedException {
    return switch (answer) {
      case Answer.Decided(Decision decision) ->
          switch (decision) {
            case Decision.Accept(), Decision.AcceptForSession() -> write(changes, item, within);
            case Decision.Decline() -> {
              item.completed(PatchStatus.DECLINED);
              yield REJECTED;
            }
            case Decision.Cancel() -> {
              item.completed(PatchStatus.DECLINED);
              yield new End.Cancelled("patch rejected by user");
            }
            case Decision.AcceptWithExecpolicyAmendment _ ->
                unasked(item, "a rule for commands is no answer to a question about files");
          };
      case Answer.Rejected(String reason) -> {
        item.completed(PatchStatus.DECLINED);
        yield new End.Refused("patch " + reason);
      }
      case Answer.Failed(String reason) -> unasked(item, reason);
      case Answer.Granted _, Answer.Chosen _, Answer.Returned _ ->
          unasked(item, "the answer was not understood");
    };
  }

  private static End unasked(PatchItem item, String reason) throws InterruptedException {
    item.completed(PatchStatus.FAILED);
    return new End.Refused("patch rejected: the approval request failed: " + reason);
  }

  private End write(List<FileChange> changes, PatchItem item, @Nullable Confinement within)
      throws InterruptedException {
    PatchWriter writer = new PatchWriter(environment.backend().files(within), sources);
    try {
      if (!writer.isUnchanged(changes, plain)) {
        item.completed(PatchStatus.FAILED);
        return new End.Refused(
            "apply_patch verification failed: the files have changed since they were read");
      }
      writer.write(changes);
    } catch (FileException failure) {
      return within != null && isRefusal(failure) && mayAskToLeave()
          ? afterAsking(
              ask(item, changes, "the sandbox refuses it: " + failure.getMessage()),
              changes,
              item,
              null)
          : failed(item, failure);
    } catch (InterruptedException interrupt) {
      item.completed(PatchStatus.FAILED);
      throw interrupt;
    }
    item.completed(PatchStatus.COMPLETED);
    turn.io()
        .emit(
            new ThreadEvent.TurnDiffUpdated(
                turn.threadId(), turn.turnId(), turn.changes().apply(changes, plain)));
    return new End.Applied(changes);
  }

  private boolean mayAskToLeave() {
    return PatchRules.mayAskToLeave(turn.gate().terms().policy());
  }

  /// Another place says so only in words.
  private static boolean isRefusal(FileException failure) {
    return failure.kind() == FileException.Kind.DENIED
        || DenialSigns.areSeen(1, String.valueOf(failure.getMessage()));
  }

  private static End failed(PatchItem item, FileException failure) throws InterruptedException {
    item.completed(PatchStatus.FAILED);
    return new End.Refused("apply_patch failed: " + failure.getMessage());
  }
}
