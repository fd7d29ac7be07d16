package dev.codexlsp.core.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The tools of a request in the only form that chat completions have, a function with a name of
/// its own, and the way back from that name. Tools that the service itself would have to run are
/// left out.
///
/// @param definitions as they are sent
/// @param targets what each name stands for
record ChatTools(JsonArray definitions, Map<String, Target> targets) {
  private static final String BETWEEN = "__";

  ChatTools {
    targets = Map.copyOf(targets);
  }

  /// A tool as the agent knows it.
  ///
  /// @param namespace empty for none
  /// @param isCustom whether it takes a text instead of JSON
  record Target(String namespace, String name, boolean isCustom) {}

  static ChatTools of(List<JsonObject> tools) {
    Map<String, JsonObject> functions = new LinkedHashMap<>();
    Map<String, Target> targets = new LinkedHashMap<>();
    for (JsonObject tool : tools) {
      if (!Json.text(tool, "type").equals("namespace")) {
        add(tool, "", functions, targets);
      } else if (tool.get("tools") instanceof JsonArray group) {
        for (JsonElement member : group) {
          if (member instanceof JsonObject inner) {
            add(inner, Json.text(tool, "name"), functions, targets);
          }
        }
      }
    }
    JsonArray definitions = new JsonArray();
    functions.values().forEach(definitions::add);
    return new ChatTools(definitions, targets);
  }

  /// The first of a name keeps it.
  private static void add(
      JsonObject tool,
      String namespace,
      Map<String, JsonObject> functions,
      Map<String, Target> targets) {
    String type = Json.text(tool, "type");
    boolean isCustom = type.equals("custom");
    if (!isCustom && !type.equals("function")) {
      return;
    }
    String name = Json.text(tool, "name");
    String wireName = wireName(namespace, name);
    if (targets.putIfAbsent(wireName, new Target(namespace, name, isCustom)) == null) {
      functions.put(wireName, isCustom ? custom(tool, wireName) : function(tool, wireName));
    }
  }

  private static JsonObject function(JsonObject tool, String wireName) {
    JsonObject function = described(wireName, Json.text(tool, "description"));
    function.add("parameters", Json.child(tool, "parameters"));
    if (tool.has("strict") && tool.get("strict").getAsBoolean()) {
      function.addProperty("strict", true);
    }
    return wrapped(function);
  }

  /// A text is passed as a function's only argument. What grammar it must follow can only be asked
  /// for, not enforced.
  private static JsonObject custom(JsonObject tool, String wireName) {
    String grammar = Json.text(Json.child(tool, "format"), "definition");
    String description = Json.text(tool, "description");
    JsonObject input = new JsonObject();
    input.addProperty("type", "string");
    if (!grammar.isEmpty()) {
      input.addProperty("description", "A text that follows this grammar:\n" + grammar);
    }
    JsonObject properties = new JsonObject();
    properties.add("input", input);
    JsonArray required = new JsonArray();
    required.add("input");
    JsonObject parameters = new JsonObject();
    parameters.addProperty("type", "object");
    parameters.add("properties", properties);
    parameters.add("required", required);
    parameters.addProperty("additionalProperties", false);
    JsonObject function = described(wireName, description);
    function.add("parameters", parameters);
    return wrapped(function);
  }

  private static JsonObject described(String wireName, String description) {
    JsonObject function = new JsonObject();
    function.addProperty("name", wireName);
    function.addProperty("description", description);
    return function;
  }

  private static JsonObject wrapped(JsonObject function) {
    JsonObject json = new JsonObject();
    json.addProperty("type", "function");
    json.add("function", function);
    return json;
  }

  /// What a call in the history names its tool here.
  static String wireName(ResponseItem call) {
    return wireName(call.text("namespace"), call.text("name"));
  }

  private static String wireName(String namespace, String name) {
    return namespace.isEmpty() ? name : namespace + BETWEEN + name;
  }

  /// The call of a tool, as the agent knows calls. A name that nobody offered stays what it is: the
  /// model is told when the call is run.
  ///
  /// @param arguments as the model wrote them
  ResponseItem call(String id, String callId, String wireName, String arguments) {
    Target target = targets.getOrDefault(wireName, new Target("", wireName, false));
    JsonObject json = new JsonObject();
    json.addProperty("type", target.isCustom() ? "custom_tool_call" : "function_call");
    json.addProperty("id", (target.isCustom() ? "ctc_" : "fc_") + id);
    json.addProperty("call_id", callId);
    if (!target.namespace().isEmpty()) {
      json.addProperty("namespace", target.namespace());
    }
    json.addProperty("name", target.name());
    if (target.isCustom()) {
      json.addProperty("input", input(arguments));
    } else {
      json.addProperty("arguments", arguments.isBlank() ? "{}" : arguments);
    }
    return new ResponseItem(json);
  }

  /// The text that was asked for, or all that came when the model wrote no JSON around it.
  private static String input(String arguments) {
    JsonObject object = Json.object(arguments);
    return object == null || !object.has("input") ? arguments : Json.text(object, "input");
  }
}
