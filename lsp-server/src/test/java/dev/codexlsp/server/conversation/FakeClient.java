package dev.codexlsp.server.conversation;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.codexlsp.server.process.ServerProcess;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A client that does what a test says and shows it every message that comes. Belongs to the thread
/// of the test; its waits are bounded by those of [ServerProcess].
public final class FakeClient {
  private final ServerProcess server;
  private final Consumer<JsonObject> seen;
  private final Map<String, JsonElement> questions = new HashMap<>();
  private int lastId;

  /// @param seen called with each message in the order of arrival
  public FakeClient(ServerProcess server, Consumer<JsonObject> seen) {
    this.server = server;
    this.seen = seen;
  }

  /// Asks the server, and returns the id of the request.
  public int request(String method, @Nullable JsonElement params) throws IOException {
    JsonObject message = message(method, params);
    message.addProperty("id", ++lastId);
    server.send(message.toString());
    return lastId;
  }

  public void notify(String method, @Nullable JsonElement params) throws IOException {
    server.send(message(method, params).toString());
  }

  /// Answers the server's last request of the name, even one that has been answered or withdrawn.
  ///
  /// @param method `NAME@ITEM` for the one that is about this item
  public void answer(String method, String member, JsonElement value) throws IOException {
    JsonElement id = questions.get(method);
    if (id == null) {
      throw new AssertionError("never asked: " + method);
    }
    JsonObject message = new JsonObject();
    message.addProperty("jsonrpc", "2.0");
    message.add("id", id);
    message.add(member, value);
    server.send(message.toString());
  }

  /// Receives until the answer to a request has come, and returns it.
  public JsonObject awaitResponse(int id) throws InterruptedException {
    return await(message ->
        !message.has("method")
            && message.has("id")
            && message.get("id").getAsString().equals(String.valueOf(id)));
  }

  /// Receives until a notification or a request of the name has come, and returns it.
  public JsonObject await(String method) throws InterruptedException {
    return await(
        message -> message.has("method") && message.get("method").getAsString().equals(method));
  }

  /// The id of the last request.
  public int lastId() {
    return lastId;
  }

  private JsonObject await(Predicate<JsonObject> wanted) throws InterruptedException {
    while (true) {
      JsonObject message = server.receive();
      if (message.has("method") && message.has("id")) {
        String name = message.get("method").getAsString();
        questions.put(name, message.get("id"));
        JsonElement item = message.getAsJsonObject("params").get("itemId");
        if (item != null) {
          questions.put(name + "@" + item.getAsString(), message.get("id"));
        }
      }
      seen.accept(message);
      if (wanted.test(message)) {
        return message;
      }
    }
  }

  private static JsonObject message(String method, @Nullable JsonElement params) {
    JsonObject message = new JsonObject();
    message.addProperty("jsonrpc", "2.0");
    message.addProperty("method", method);
    if (params != null) {
      message.add("params", params);
    }
    return message;
  }
}
