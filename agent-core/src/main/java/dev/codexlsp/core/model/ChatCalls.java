package dev.codexlsp.core.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Puts the calls of one answer together. By the book, every piece carries the index of its call,
/// and the first one its id and name. Servers differ: some send no index, or the same one for all;
/// some no id, or an empty one; some a whole call at once, with its arguments as an object.
///
/// Belongs to the thread that reads the answer.
final class ChatCalls {
  private static final int NO_INDEX = -1;

  /// More than any model calls at once; what comes beyond is left out.
  private static final int MAX_CALLS = 1024;

  private final List<Call> calls = new ArrayList<>();

  /// A call as far as it has arrived.
  static final class Call {
    private final int index;
    private String id;
    private String name;
    private final StringBuilder arguments = new StringBuilder();

    private Call(int index, String id, String name) {
      this.index = index;
      this.id = id;
      this.name = name;
    }

    /// Empty when the server gave none.
    String id() {
      return id;
    }

    String name() {
      return name;
    }

    String arguments() {
      return arguments.toString();
    }
  }

  /// The calls so far, in the order in which they began.
  List<Call> all() {
    return calls;
  }

  /// Takes the pieces that one event brings.
  void add(JsonArray pieces) {
    Set<Call> touched = new HashSet<>();
    for (JsonElement element : pieces) {
      if (element instanceof JsonObject piece) {
        add(piece, touched);
      }
    }
  }

  /// @param touched the calls that other pieces of the same event belong to; each call has one
  private void add(JsonObject piece, Set<Call> touched) {
    JsonObject function = Json.child(piece, "function");
    String id = Json.text(piece, "id");
    String name = Json.text(function, "name");
    int index = index(piece);
    Call call = find(index, id, name);
    if (call == null || touched.contains(call)) {
      if (calls.size() >= MAX_CALLS) {
        return;
      }
      call = new Call(index, id, name);
      calls.add(call);
    }
    touched.add(call);
    if (call.id.isEmpty()) {
      call.id = id;
    }
    if (call.name.isEmpty()) {
      call.name = name;
    }
    call.arguments.append(arguments(function.get("arguments")));
  }

  /// The call that a piece continues; null when it begins one.
  private @Nullable Call find(int index, String id, String name) {
    for (int i = calls.size() - 1; i >= 0; i--) {
      Call call = calls.get(i);
      boolean isMeant = index == NO_INDEX ? isNamed(call, id) : call.index == index;
      if (isMeant) {
        return agrees(call.id, id) && agrees(call.name, name) ? call : null;
      }
    }
    boolean isBare = index == NO_INDEX && id.isEmpty() && name.isEmpty();
    return isBare && !calls.isEmpty() ? calls.getLast() : null;
  }

  private static boolean isNamed(Call call, String id) {
    return !id.isEmpty() && call.id.equals(id);
  }

  private static boolean agrees(String known, String given) {
    return known.isEmpty() || given.isEmpty() || known.equals(given);
  }

  private static int index(JsonObject piece) {
    boolean hasIndex = piece.get("index") instanceof JsonPrimitive index && index.isNumber();
    return hasIndex ? Math.clamp(Json.number(piece, "index"), 0, Integer.MAX_VALUE) : NO_INDEX;
  }

  private static String arguments(@Nullable JsonElement arguments) {
    if (arguments instanceof JsonPrimitive text && text.isString()) {
      return text.getAsString();
    }
    return arguments instanceof JsonObject whole ? whole.toString() : "";
  }
}
