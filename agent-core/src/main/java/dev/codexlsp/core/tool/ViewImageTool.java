package dev.codexlsp.core.tool;

import static dev.codexlsp.core.tool.ToolArguments.required;

import com.google.gson.JsonObject;
import dev.codexlsp.core.model.ModelInfo;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.tool.ToolArguments.Unusable;
import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.FileSystem;
import dev.codexlsp.exec.FileSystem.FileMetadata;
import java.nio.ByteBuffer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// `view_image`: shows the model a picture that lies where its commands run.
public final class ViewImageTool implements Tool {
  private final Clock clock;

  public ViewImageTool(Clock clock) {
    this.clock = clock;
  }

  private record Wire(@Nullable String path) {}

  @Override
  public String name() {
    return "view_image";
  }

  @Override
  public boolean isParallel() {
    return true;
  }

  @Override
  public ToolResult run(ToolCall call, TurnScope turn) throws InterruptedException {
    ExecEnvironment environment = turn.environment();
    if (environment == null) {
      return failed("there is no environment that files could be read in");
    }
    try {
      Wire wire = ToolArguments.read(call.input(), Wire.class);
      Path path = turn.cwd().resolve(required(wire.path(), "path")).normalize();
      FileSystem files = environment.backend().files(turn.confinement(turn.cwd()));
      return look(call, path, files, turn);
    } catch (Unusable unusable) {
      return unusable.answer();
    } catch (InvalidPathException invalid) {
      return failed("not a path: " + invalid.getInput());
    }
  }

  private ToolResult look(ToolCall call, Path path, FileSystem files, TurnScope turn)
      throws InterruptedException {
    ByteBuffer bytes;
    try {
      FileMetadata metadata = files.metadata(path);
      if (!metadata.isFile()) {
        return new ToolResult.Failed("image path `" + path + "` is not a file");
      }
      if (metadata.size() > Picture.LIMIT) {
        return failed("larger than " + Picture.LIMIT + " bytes: " + path);
      }
      bytes = files.read(path);
    } catch (FileException unreadable) {
      return new ToolResult.Failed(
          "unable to locate image at `" + path + "`: " + unreadable.getMessage());
    }
    try {
      Picture picture = Picture.of(bytes);
      show(new Item.ImageView(new ItemId(call.callId()), path), turn);
      return new ToolResult.Answered(new ToolOutput.Picture(picture.url()));
    } catch (PictureException unusable) {
      return failed(unusable.getMessage() + ": " + path);
    }
  }

  private void show(Item item, TurnScope turn) throws InterruptedException {
    long now = clock.millis();
    turn.io().emit(new ThreadEvent.ItemStarted(turn.threadId(), turn.turnId(), item, now));
    turn.io().emit(new ThreadEvent.ItemCompleted(turn.threadId(), turn.turnId(), item, now));
  }

  private static ToolResult failed(String reason) {
    return new ToolResult.Failed("view_image failed: " + reason);
  }

  @Override
  public JsonObject definition(ModelInfo model) {
    return ToolArguments.json(
        """
        {
          "type": "function",
          "name": "view_image",
          "description": "Looks at a picture: PNG, JPEG, GIF or WebP.",
          "strict": false,
          "parameters": {
            "type": "object",
            "properties": {
              "path": {
                "type": "string",
                "description": "Where the file is; relative to the workspace folder, or absolute."
              }
            },
            "required": ["path"],
            "additionalProperties": false
          }
        }
        """);
  }
}
