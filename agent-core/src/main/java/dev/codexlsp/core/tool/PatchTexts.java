package dev.codexlsp.core.tool;

import dev.codexlsp.core.patch.FileChange;
import dev.codexlsp.core.patch.ParseResult;
import dev.codexlsp.core.patch.PatchParser;
import dev.codexlsp.core.thread.ItemId;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;

/// Takes the text of a patch and answers the model, for the tool and for a command that is a patch.
final class PatchTexts {
  private final Clock clock;

  PatchTexts(Clock clock) {
    this.clock = clock;
  }

  ToolResult ofTool(String text, ToolCall call, TurnScope turn) throws InterruptedException {
    return answer(
        text, turn.cwd(), call, turn, "Exit code: 0%nWall time: %.1f seconds%nOutput:%n%s");
  }

  /// @param directory what paths are relative to
  ToolResult ofCommand(String text, Path directory, ToolCall call, TurnScope turn)
      throws InterruptedException {
    return answer(text, directory, call, turn, "Wall time: %.4f seconds%nOutput:%n%s");
  }

  private ToolResult answer(
      String text, Path directory, ToolCall call, TurnScope turn, String format)
      throws InterruptedException {
    ExecEnvironment environment = turn.environment();
    if (environment == null) {
      return new ToolResult.Failed("apply_patch failed: there is no environment with files");
    }
    long begun = System.nanoTime();
    return switch (PatchParser.parse(text)) {
      case ParseResult.Malformed malformed ->
          new ToolResult.Failed("apply_patch verification failed: " + malformed.message());
      case ParseResult.Parsed(var patch) ->
          switch (new PatchRun(environment, directory, turn, clock)
              .run(patch, directory, new ItemId(call.callId()))) {
            case PatchRun.End.Applied(List<FileChange> changes) ->
                new ToolResult.Answered(
                    String.format(
                        Locale.ROOT,
                        format,
                        (System.nanoTime() - begun) / 1e9,
                        PatchSummary.of(changes, directory)));
            case PatchRun.End.Refused(String reason) -> new ToolResult.Failed(reason);
            case PatchRun.End.Cancelled(String reason) -> new ToolResult.TurnCancelled(reason);
          };
    };
  }
}
