package dev.codexlsp.core.tool;

import static dev.codexlsp.core.tool.ToolArguments.required;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.approval.PermissionGrant;
import dev.codexlsp.core.approval.PermissionsRequest;
import dev.codexlsp.core.model.ModelInfo;
import dev.codexlsp.core.thread.ItemId;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `request_permissions`: asks the user to let the commands of this turn, or of the whole session,
/// touch more than their sandbox does. Offered when the configuration says so.
public final class RequestPermissionsTool implements Tool {
  public static final String NAME = "request_permissions";

  private static final Gson GSON = new Gson();

  private final Clock clock;

  public RequestPermissionsTool(Clock clock) {
    this.clock = clock;
  }

  /// As the model writes it.
  private record Wire(@Nullable String reason, @Nullable Permissions permissions) {}

  private record Permissions(@Nullable FileSystem file_system, @Nullable Network network) {}

  private record FileSystem(@Nullable List<String> read, @Nullable List<String> write) {}

  private record Network(@Nullable Boolean enabled) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ToolResult run(ToolCall call, TurnScope turn) throws InterruptedException {
    ExecEnvironment environment = turn.environment();
    if (environment == null) {
      return failed("there is no environment that commands could run in");
    }
    Wire wire;
    PermissionGrant asked;
    try {
      wire = ToolArguments.read(call.input(), Wire.class);
      asked = grant(required(wire.permissions(), "permissions"), turn.cwd());
    } catch (ToolArguments.Unusable unusable) {
      return unusable.answer();
    } catch (InvalidPathException invalid) {
      return failed("not a path: " + invalid.getInput());
    }
    if (asked.isEmpty()) {
      return failed("nothing is asked for");
    }
    if (!mayAsk(turn.gate().terms().policy())) {
      return failed("the approval policy does not let permissions be asked for");
    }
    PermissionsRequest request =
        new PermissionsRequest(
            turn.threadId(),
            turn.turnId(),
            new ItemId(call.callId()),
            clock.millis(),
            environment.id(),
            turn.cwd(),
            wire.reason(),
            asked);
    return answered(turn.io().ask(request, Set.of()), asked, turn);
  }

  private static ToolResult answered(Answer answer, PermissionGrant asked, TurnScope turn) {
    return switch (answer) {
      case Answer.Granted(PermissionGrant permissions, var scope) -> {
        PermissionGrant granted = permissions.within(asked);
        turn.grants().add(granted);
        JsonObject json = new JsonObject();
        json.add("permissions", rendered(granted));
        json.addProperty("scope", scope.name().toLowerCase(Locale.ROOT));
        yield new ToolResult.Answered(json.toString());
      }
      case Answer.Failed(String reason) -> failed("the request failed: " + reason);
      case Answer.Decided _, Answer.Chosen _, Answer.Returned _, Answer.Rejected _ ->
          failed("the request failed: the answer was not understood");
    };
  }

  private static JsonObject rendered(PermissionGrant granted) {
    PermissionGrant.FileSystem files = granted.fileSystem();
    return GSON.toJsonTree(
            new Permissions(
                files == null ? null : new FileSystem(texts(files.read()), texts(files.write())),
                granted.network() == null ? null : new Network(granted.network().enabled())))
        .getAsJsonObject();
  }

  private static @Nullable List<String> texts(@Nullable List<Path> paths) {
    return paths == null ? null : paths.stream().map(Path::toString).toList();
  }

  private static PermissionGrant grant(Permissions wish, Path cwd) {
    FileSystem files = wish.file_system();
    Network network = wish.network();
    return new PermissionGrant(
        files == null
            ? null
            : new PermissionGrant.FileSystem(paths(files.read(), cwd), paths(files.write(), cwd)),
        network == null ? null : new PermissionGrant.NetworkAccess(network.enabled()));
  }

  private static @Nullable List<Path> paths(@Nullable List<String> texts, Path cwd) {
    return texts == null
        ? null
        : texts.stream().map(text -> cwd.resolve(text).normalize()).toList();
  }

  private static boolean mayAsk(ApprovalPolicy policy) {
    return switch (policy) {
      case ApprovalPolicy.Untrusted(), ApprovalPolicy.OnRequest() -> true;
      case ApprovalPolicy.Granular granular -> granular.requestPermissions();
      case ApprovalPolicy.Never() -> false;
    };
  }

  private static ToolResult failed(String reason) {
    return new ToolResult.Failed("request_permissions failed: " + reason);
  }

  @Override
  public JsonObject definition(ModelInfo model) {
    return ToolArguments.json(
        """
        {
          "type": "function",
          "name": "request_permissions",
          "description": "Asks the user to let the commands that follow read or write more places, \
        or use the network, without leaving the sandbox.",
          "strict": false,
          "parameters": {
            "type": "object",
            "properties": {
              "reason": {"type": "string", "description": "One sentence for the user."},
              "permissions": {
                "type": "object",
                "properties": {
                  "file_system": {
                    "type": "object",
                    "properties": {
                      "read": {"type": "array", "items": {"type": "string"}},
                      "write": {"type": "array", "items": {"type": "string"}}
                    },
                    "additionalProperties": false
                  },
                  "network": {
                    "type": "object",
                    "properties": {"enabled": {"type": "boolean"}},
                    "additionalProperties": false
                  }
                },
                "additionalProperties": false
              }
            },
            "required": ["permissions"],
            "additionalProperties": false
          }
        }
        """);
  }
}
