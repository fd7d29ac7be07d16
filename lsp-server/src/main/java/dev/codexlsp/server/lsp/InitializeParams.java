package dev.codexlsp.server.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.codexlsp.server.rpc.Refusal;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Reads what we need from LSP's largest message.
///
/// The tree is read by hand because LSP4J's types for it cost a third of the whole start-up. A
/// member of LSP's own that is not what LSP says counts as absent; one of ours is refused.
final class InitializeParams {
  private static final Logger LOG = Logger.getLogger(InitializeParams.class.getName());

  private final JsonObject params;

  InitializeParams(JsonElement params) {
    this.params = params instanceof JsonObject object ? object : new JsonObject();
  }

  /// @throws Refusal when `initializationOptions.codex` makes no sense
  ClientProfile profile() {
    JsonObject clientInfo = object(params, "clientInfo");
    JsonObject window = object(object(params, "capabilities"), "window");
    CodexOptions codex = codexOptions();
    String name = string(clientInfo, "name");
    String version = string(clientInfo, "version");
    List<String> optOut = codex.optOutNotificationMethods();
    return new ClientProfile(
        name == null ? "unknown" : name,
        version == null ? "" : version,
        codex.title(),
        processId(),
        workspaceFolders(),
        window.get("workDoneProgress") instanceof JsonPrimitive flag && flag.getAsBoolean(),
        codex.approvals(),
        codex.experimentalApi(),
        optOut == null ? Set.of() : Set.copyOf(optOut));
  }

  /// Read by hand too: the machinery that reads our records costs half of the start-up when it is
  /// used for the first time.
  private CodexOptions codexOptions() {
    JsonElement codex = object(params, "initializationOptions").get("codex");
    if (codex == null || codex.isJsonNull()) {
      return new CodexOptions(null, false, false, null);
    }
    if (!(codex instanceof JsonObject options)) {
      throw unusable("expected an object, found " + kind(codex));
    }
    return new CodexOptions(
        titleOf(options),
        flag(options, "approvals"),
        flag(options, "experimentalApi"),
        optOut(options));
  }

  private static @Nullable String titleOf(JsonObject options) {
    JsonElement title = options.get("title");
    if (title == null || title.isJsonNull()) {
      return null;
    }
    if (title instanceof JsonPrimitive text && text.isString()) {
      return text.getAsString();
    }
    throw unusable("expected a string, found " + kind(title) + " in `title`");
  }

  private static boolean flag(JsonObject options, String member) {
    JsonElement flag = options.get(member);
    if (flag == null || flag.isJsonNull()) {
      return false;
    }
    if (flag instanceof JsonPrimitive value && value.isBoolean()) {
      return value.getAsBoolean();
    }
    throw unusable("expected a boolean, found " + kind(flag) + " in `" + member + "`");
  }

  private static @Nullable List<String> optOut(JsonObject options) {
    String member = "optOutNotificationMethods";
    JsonElement names = options.get(member);
    if (names == null || names.isJsonNull()) {
      return null;
    }
    if (!(names instanceof JsonArray array)) {
      throw unusable("expected an array in `" + member + "`");
    }
    List<String> list = new ArrayList<>();
    for (JsonElement name : array) {
      if (!(name instanceof JsonPrimitive text) || !text.isString()) {
        String place = "`" + member + "[" + list.size() + "]`";
        throw unusable("expected a string, found " + kind(name) + " in " + place);
      }
      list.add(text.getAsString());
    }
    return list;
  }

  private static Refusal unusable(String problem) {
    return Refusal.invalidRequest("Invalid request: `initializationOptions.codex`: " + problem);
  }

  private static String kind(JsonElement element) {
    return switch (element) {
      case JsonArray _ -> "an array";
      case JsonObject _ -> "an object";
      case JsonPrimitive text when text.isString() -> "a string";
      case JsonPrimitive number when number.isNumber() -> "a number";
      case JsonPrimitive _ -> "a boolean";
      default -> "null";
    };
  }

  private @Nullable Long processId() {
    return params.get("processId") instanceof JsonPrimitive id && id.isNumber()
        ? (Long) id.getAsLong()
        : null;
  }

  /// The folders of the workspace, or the root by which older clients name their only one. What is
  /// no folder of this machine is left out.
  private List<Path> workspaceFolders() {
    Set<Path> folders = new LinkedHashSet<>();
    if (params.get("workspaceFolders") instanceof JsonArray array) {
      for (JsonElement folder : array) {
        if (folder instanceof JsonObject object) {
          addFolder(folders, string(object, "uri"));
        }
      }
    }
    if (folders.isEmpty()) {
      addFolder(folders, string(params, "rootUri"));
    }
    if (folders.isEmpty()) {
      addFolder(folders, string(params, "rootPath"));
    }
    return List.copyOf(folders);
  }

  /// Adds the folder that a `file:` URI or an absolute path names.
  private static void addFolder(Set<Path> folders, @Nullable String place) {
    if (place == null) {
      return;
    }
    try {
      if (place.startsWith("file:")) {
        folders.add(Path.of(URI.create(place)));
      } else if (place.startsWith("/")) {
        folders.add(Path.of(place));
      }
    } catch (IllegalArgumentException notAFile) {
      LOG.log(Level.WARNING, "not a folder of this machine: {0}", place);
    }
  }

  private static JsonObject object(JsonObject parent, String member) {
    return parent.get(member) instanceof JsonObject object ? object : new JsonObject();
  }

  private static @Nullable String string(JsonObject parent, String member) {
    return parent.get(member) instanceof JsonPrimitive text && text.isString()
        ? text.getAsString()
        : null;
  }
}
