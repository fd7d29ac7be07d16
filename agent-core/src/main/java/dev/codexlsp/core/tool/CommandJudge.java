package dev.codexlsp.core.tool;

import dev.codexlsp.core.approval.ApprovalRules;
import dev.codexlsp.core.approval.ApprovalRules.Verdict;
import dev.codexlsp.core.command.DangerousCommands;
import dev.codexlsp.core.command.KnownSafeCommands;
import dev.codexlsp.core.command.ParsedCommand;
import dev.codexlsp.core.command.ProgramTrust;
import dev.codexlsp.core.command.SimpleCommand;
import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.sandbox.FileAccess;
import dev.codexlsp.exec.sandbox.FileRule.Access;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gathers what the rules have to know of a command, and asks them.
final class CommandJudge {
  private CommandJudge() {}

  /// The word of the rules. What the user has accepted for the session is not asked again.
  static Verdict judge(CommandWish wish) throws InterruptedException {
    ToolGate gate = wish.turn().gate();
    Verdict verdict = ApprovalRules.judge(gate.terms().policy(), facts(wish));
    return verdict instanceof Verdict.Ask(boolean isConfined, var _)
            && gate.isApproved(Set.of(wish.key()))
        ? new Verdict.Run(isConfined)
        : verdict;
  }

  private static ApprovalRules.Facts facts(CommandWish wish) throws InterruptedException {
    ToolGate gate = wish.turn().gate();
    dev.codexlsp.core.command.Verdict rules = gate.rules().evaluate(wish.parsed());
    return new ApprovalRules.Facts(
        rules,
        rules.mayRunUnconfined() && wish.sandbox() != null ? objection(wish) : null,
        DangerousCommands.areIn(wish.spec().argv()),
        gate.terms().runsKnownSafe() && isKnownSafe(wish),
        wish.arguments().isEscalated(),
        wish.sandbox() != null);
  }

  private static boolean isKnownSafe(CommandWish wish) throws InterruptedException {
    return KnownSafeCommands.contain(wish.parsed()) && objection(wish) == null;
  }

  /// Why a program may not be what it is called; null when nothing speaks against it.
  private static @Nullable String objection(CommandWish wish) throws InterruptedException {
    if (!(wish.parsed() instanceof ParsedCommand.Understood understood)) {
      return "it is not fully understood";
    }
    if (!(wish.environment() instanceof ExecEnvironment.Local)) {
      return "where its programs lie is not known here";
    }
    List<Path> writable = writableRoots(wish);
    if (writable == null) {
      return "what may be written cannot be found out";
    }
    boolean isChosen = wish.arguments().workdir() != null || ProgramTrust.changesFolder(understood);
    ProgramPlaces places = new ProgramPlaces(wish.spec().directory(), wish.spec().environment());
    for (SimpleCommand program : ProgramTrust.programs(understood)) {
      String objection =
          ProgramTrust.objection(program, places.find(program.program()), writable, isChosen);
      if (objection != null) {
        return objection;
      }
    }
    return null;
  }

  /// Where commands of the turn can write, with links followed; null when that is not known.
  private static @Nullable List<Path> writableRoots(CommandWish wish) throws InterruptedException {
    try {
      FileAccess access =
          new RealConfinement(new PatchFiles(wish.environment().backend().files()))
              .access(wish.sandbox());
      return access == null
          ? List.of()
          : access.grants().stream()
              .filter(grant -> grant.access() == Access.WRITE)
              .map(FileAccess.Grant::path)
              .toList();
    } catch (FileException unclear) {
      return null;
    }
  }
}
