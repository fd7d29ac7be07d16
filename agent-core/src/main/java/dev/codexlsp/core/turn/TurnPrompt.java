package dev.codexlsp.core.turn;

import dev.codexlsp.core.command.CommandRules;
import dev.codexlsp.core.command.Rule;
import dev.codexlsp.core.command.RuleDecision;
import dev.codexlsp.core.config.Config;
import dev.codexlsp.core.context.ContextBlock;
import dev.codexlsp.core.context.EnvironmentContext;
import dev.codexlsp.core.context.ModeText;
import dev.codexlsp.core.context.PermissionText;
import dev.codexlsp.core.context.Section;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.skill.SkillText;
import dev.codexlsp.core.skill.Skills;
import dev.codexlsp.core.thread.UserInput;
import dev.codexlsp.core.tool.ExecEnvironment;
import dev.codexlsp.core.tool.UserShell;
import dev.codexlsp.exec.sandbox.SandboxProfiles;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the model of a turn is told besides what was said: instructions first, then where it works
/// and what it may do, then the user's words. It is found out once, when the turn begins; what is
/// made from it afterwards depends on the history alone. Runs on the turn's thread.
final class TurnPrompt {
  private final ResponseItem instructions;
  private final ContextBlock context;
  private final UserWords words;

  private TurnPrompt(ResponseItem instructions, ContextBlock context, UserWords words) {
    this.instructions = instructions;
    this.context = context;
    this.words = words;
  }

  static TurnPrompt of(TurnRequest request, TurnSettings settings, TurnRunner.Surroundings around)
      throws InterruptedException {
    ExecEnvironment place = settings.environment();
    boolean isHere = !(place instanceof ExecEnvironment.Remote);
    Config config = settings.config();
    Skills skills = around.prompts().skills().load(isHere ? request.cwd() : null, config);
    ContextBlock context =
        new ContextBlock()
            .with(Section.DEVELOPER_INSTRUCTIONS, settings.instructions().developer())
            .with(Section.PROJECT_DOCS, new TurnDocs(request, settings, around).text());
    // Elsewhere nobody could read the files of a skill.
    if (isHere && config.skills().includesInstructions()) {
      context.with(Section.SKILLS, SkillText.list(skills.enabled()));
    }
    ThreadOverrides.Mode mode = request.overrides().mode();
    if (mode != null && config.prompt().includesCollaborationMode()) {
      context.with(Section.COLLABORATION_MODE, ModeText.of(mode.kind(), mode.instructions()));
    }
    if (config.prompt().includesPermissions()) {
      context.with(Section.PERMISSIONS, permissions(request, settings, around));
    }
    if (config.prompt().includesEnvironment()) {
      context.with(Section.ENVIRONMENT, environment(request, settings, around.clock()));
    }
    return new TurnPrompt(
        ResponseItem.message("developer", settings.instructions().text()),
        context,
        new UserWords(request.cwd(), skills, settings.model().seesImages()));
  }

  private static String permissions(
      TurnRequest request, TurnSettings settings, TurnRunner.Surroundings around) {
    return new PermissionText(
            request.cwd(),
            settings.approvalPolicy(),
            settings.sandbox(),
            settings.requestsPermissions(),
            allowed(around.rules().load().rules()))
        .render();
  }

  /// What commands may begin with, with all that may stand in one place.
  private static List<List<String>> allowed(CommandRules rules) {
    List<List<String>> prefixes = new ArrayList<>();
    for (Rule rule : rules.rules()) {
      if (rule instanceof Rule.Prefix prefix && prefix.decision() == RuleDecision.ALLOW) {
        prefixes.add(prefix.pattern().stream().map(words -> String.join("|", words)).toList());
      }
    }
    return prefixes;
  }

  private static String environment(TurnRequest request, TurnSettings settings, Clock clock) {
    return new EnvironmentContext(
            request.cwd(),
            shellName(settings.environment()),
            LocalDate.now(clock),
            clock.getZone(),
            SandboxProfiles.of(settings.sandbox()))
        .render();
  }

  /// Nobody waits for a place that the turn may not even need.
  private static @Nullable String shellName(@Nullable ExecEnvironment environment) {
    UserShell shell = environment == null ? null : environment.knownShell();
    return shell == null ? null : shell.name();
  }

  /// All that one request sends.
  ///
  /// @param done what earlier tries of the same step completed
  List<ResponseItem> input(List<ResponseItem> history, List<ResponseItem> done) {
    List<ResponseItem> input = new ArrayList<>(history.size() + done.size() + 1);
    input.add(instructions);
    input.addAll(history);
    input.addAll(done);
    return input;
  }

  /// The context messages that the history needs to say how things are now.
  List<ResponseItem> newContext(List<ResponseItem> history) {
    return context.missingIn(TurnDocs.said(history)).stream()
        .map(message ->
            ResponseItem.message(
                message.role().word(),
                message.parts().stream().map(ResponseItem.Part.Text::new).toList()))
        .toList();
  }

  /// A message of the user as the model will read it, and what it makes necessary.
  List<ResponseItem> words(List<UserInput> input) {
    return words.items(input);
  }
}
