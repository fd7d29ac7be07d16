package dev.codexlsp.exec.protocol;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.codexlsp.exec.json.WireException;
import dev.codexlsp.exec.sandbox.FileRule;
import dev.codexlsp.exec.sandbox.FileRule.Access;
import dev.codexlsp.exec.sandbox.PathPattern;
import dev.codexlsp.exec.sandbox.PermissionProfile;
import dev.codexlsp.exec.sandbox.PermissionProfile.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A [PermissionProfile] as this wire has it, whose names are not those of the rest of it: members
/// with underscores, and tags at three levels.
final class PermissionsCodec {
  private static final String WHERE = ".permissions";

  private PermissionsCodec() {}

  /// @param directory what a rule about the working directory is about
  static PermissionProfile decode(JsonElement json, Path directory) {
    JsonObject permissions = object(json, WHERE);
    return switch (text(permissions, "type", WHERE)) {
      case "disabled" -> new PermissionProfile.Disabled();
      case "external" -> new PermissionProfile.External();
      case "managed" -> managed(permissions, directory);
      case String other -> throw unknown(WHERE + ".type", other);
    };
  }

  private static PermissionProfile managed(JsonObject permissions, Path directory) {
    Network network =
        switch (text(permissions, "network", WHERE)) {
          case "restricted" -> Network.RESTRICTED;
          case "enabled" -> Network.ENABLED;
          case String other -> throw unknown(WHERE + ".network", other);
        };
    String where = WHERE + ".file_system";
    JsonObject files = object(member(permissions, "file_system", WHERE), where);
    List<FileRule> rules =
        switch (text(files, "type", where)) {
          case "unrestricted" -> List.of(new FileRule(new PathPattern.Root(), Access.WRITE));
          case "restricted" -> rules(member(files, "entries", where), where, directory);
          case String other -> throw unknown(where + ".type", other);
        };
    return new PermissionProfile.Managed(rules, network);
  }

  private static List<FileRule> rules(JsonElement entries, String outer, Path directory) {
    if (!(entries instanceof JsonArray array)) {
      throw new WireException(outer + ".entries", "expected an array");
    }
    List<FileRule> rules = new ArrayList<>();
    for (int at = 0; at < array.size(); at++) {
      String where = outer + ".entries[" + at + "]";
      try {
        rules.add(rule(object(array.get(at), where), where, directory));
      } catch (IllegalArgumentException bad) {
        throw new WireException(where, String.valueOf(bad.getMessage()));
      }
    }
    return rules;
  }

  private static FileRule rule(JsonObject entry, String where, Path directory) {
    Access access =
        switch (text(entry, "access", where)) {
          case "read" -> Access.READ;
          case "write" -> Access.WRITE;
          case "deny", "none" -> Access.NONE;
          case String other -> throw unknown(where + ".access", other);
        };
    @Nullable String missing = optional(entry, "missing_path_behavior", where);
    if (missing != null && !missing.equals("skip")) {
      throw unknown(where + ".missing_path_behavior", missing);
    }
    String inner = where + ".path";
    JsonObject path = object(member(entry, "path", where), inner);
    PathPattern pattern =
        switch (text(path, "type", inner)) {
          case "path" -> new PathPattern.Literal(path(text(path, "path", inner)));
          case "glob_pattern" -> glob(text(path, "pattern", inner), access);
          case "special" -> special(object(member(path, "value", inner), inner), inner, directory);
          case String other -> throw unknown(inner + ".type", other);
        };
    return new FileRule(pattern, access, missing != null);
  }

  /// The app server has paths where this wire has URIs.
  private static Path path(String text) {
    return text.startsWith("/") ? Path.of(text) : FileUri.parse(text);
  }

  private static PathPattern glob(String pattern, Access access) {
    if (access != Access.NONE) {
      throw new IllegalArgumentException("a pattern can only deny: " + pattern);
    }
    return new PathPattern.Glob(pattern);
  }

  private static PathPattern special(JsonObject value, String where, Path directory) {
    @Nullable String subpath = optional(value, "subpath", where);
    return switch (text(value, "kind", where)) {
      case "root" -> new PathPattern.Root();
      case "minimal" -> new PathPattern.Minimal();
      case "project_roots" ->
          new PathPattern.ProjectRoots(subpath == null ? null : Path.of(subpath));
      case "current_working_directory" -> new PathPattern.Literal(directory);
      case "tmpdir" -> new PathPattern.Tmpdir();
      case "slash_tmp" -> new PathPattern.SlashTmp();
      case String other -> throw unknown(where + ".kind", other);
    };
  }

  private static JsonObject object(JsonElement json, String where) {
    if (json instanceof JsonObject object) {
      return object;
    }
    throw new WireException(where, "expected an object");
  }

  private static JsonElement member(JsonObject object, String name, String where) {
    @Nullable JsonElement member = object.get(name);
    if (member == null) {
      throw new WireException(where, "missing field `" + name + "`");
    }
    return member;
  }

  private static String text(JsonObject object, String name, String where) {
    if (member(object, name, where) instanceof JsonPrimitive text && text.isString()) {
      return text.getAsString();
    }
    throw new WireException(where + "." + name, "expected a string");
  }

  private static @Nullable String optional(JsonObject object, String name, String where) {
    @Nullable JsonElement member = object.get(name);
    return member == null || member.isJsonNull() ? null : text(object, name, where);
  }

  private static WireException unknown(String where, String word) {
    return new WireException(where, "unknown variant `" + word + "`");
  }

  static JsonElement encode(PermissionProfile.Managed profile) {
    JsonArray entries = new JsonArray();
    for (FileRule rule : profile.rules()) {
      JsonObject entry = new JsonObject();
      entry.add("path", encode(rule.path()));
      String access =
          switch (rule.access()) {
            case READ -> "read";
            case WRITE -> "write";
            case NONE -> "deny";
          };
      entry.addProperty("access", access);
      if (rule.skipIfMissing()) {
        entry.addProperty("missing_path_behavior", "skip");
      }
      entries.add(entry);
    }
    JsonObject files = tagged("type", "restricted");
    files.add("entries", entries);
    JsonObject permissions = tagged("type", "managed");
    permissions.add("file_system", files);
    String network =
        switch (profile.network()) {
          case RESTRICTED -> "restricted";
          case ENABLED -> "enabled";
        };
    permissions.addProperty("network", network);
    return permissions;
  }

  private static JsonObject encode(PathPattern pattern) {
    return switch (pattern) {
      case PathPattern.Literal(Path path) -> {
        JsonObject json = tagged("type", "path");
        json.addProperty("path", FileUri.format(path));
        yield json;
      }
      case PathPattern.Glob(String glob) -> {
        JsonObject json = tagged("type", "glob_pattern");
        json.addProperty("pattern", glob);
        yield json;
      }
      case PathPattern.Root() -> special(tagged("kind", "root"));
      case PathPattern.Minimal() -> special(tagged("kind", "minimal"));
      case PathPattern.SlashTmp() -> special(tagged("kind", "slash_tmp"));
      case PathPattern.Tmpdir() -> special(tagged("kind", "tmpdir"));
      case PathPattern.ProjectRoots(@Nullable Path subpath) -> {
        JsonObject kind = tagged("kind", "project_roots");
        if (subpath != null) {
          kind.addProperty("subpath", subpath.toString());
        }
        yield special(kind);
      }
    };
  }

  private static JsonObject special(JsonObject kind) {
    JsonObject json = tagged("type", "special");
    json.add("value", kind);
    return json;
  }

  private static JsonObject tagged(String tag, String word) {
    JsonObject json = new JsonObject();
    json.addProperty(tag, word);
    return json;
  }
}
