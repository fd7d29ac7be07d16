package dev.codexlsp.server.protocol;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.exec.json.WireException;
import java.io.IOException;

/// A plain policy is a word; one that tells what may be asked about is an object, its members
/// spelled as in the configuration file.
final class ApprovalPolicyAdapter extends TypeAdapter<ApprovalPolicy> {
  private static final String GRANULAR = "granular";

  @Override
  public void write(JsonWriter out, ApprovalPolicy policy) throws IOException {
    switch (policy) {
      case ApprovalPolicy.Untrusted() -> out.value("untrusted");
      case ApprovalPolicy.OnRequest() -> out.value("on-request");
      case ApprovalPolicy.Never() -> out.value("never");
      case ApprovalPolicy.Granular granular -> {
        out.beginObject().name(GRANULAR).beginObject();
        out.name("sandbox_approval").value(granular.sandboxApproval());
        out.name("rules").value(granular.rules());
        out.name("skill_approval").value(granular.skillApproval());
        out.name("request_permissions").value(granular.requestPermissions());
        out.name("mcp_elicitations").value(granular.mcpElicitations());
        out.endObject().endObject();
      }
    }
  }

  @Override
  public ApprovalPolicy read(JsonReader in) throws IOException {
    String path = WireException.path(in);
    JsonElement json = JsonParser.parseReader(in);
    if (json instanceof JsonObject object
        && object.size() == 1
        && object.get(GRANULAR) instanceof JsonObject flags) {
      return new ApprovalPolicy.Granular(
          flag(flags, "sandbox_approval", path),
          flag(flags, "rules", path),
          flag(flags, "skill_approval", path),
          flag(flags, "request_permissions", path),
          flag(flags, "mcp_elicitations", path));
    }
    return switch (json instanceof JsonPrimitive word && word.isString()
        ? word.getAsString()
        : "") {
      case "untrusted" -> ApprovalPolicy.UNTRUSTED;
      case "on-request" -> ApprovalPolicy.ON_REQUEST;
      case "never" -> ApprovalPolicy.NEVER;
      default ->
          throw new WireException(
              path,
              "unknown variant "
                  + json
                  + ", expected one of `untrusted`, `on-request`, `granular`, `never`");
    };
  }

  /// What is not named may not be asked about.
  private static boolean flag(JsonObject flags, String name, String path) {
    return switch (flags.get(name)) {
      case null -> false;
      case JsonPrimitive value when value.isBoolean() -> value.getAsBoolean();
      case JsonElement other ->
          throw new WireException(path, name + " must be true or false, not " + other);
    };
  }
}
