package dev.codexlsp.server.client;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.server.rpc.ClientEndpoint;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The progress of one turn: begin, reports, end, in this order and never a begin without an answered `create`.
///
/// The owner reports and the reader thread brings the answer to `create`, so a lock keeps the order; it is held while
/// the two or three short messages are written, because their order is what it protects.
final class ProgressReport {
  private final ClientEndpoint client;
  private final ThreadId thread;
  private final JsonElement token;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private boolean hasBegun;
  private boolean hasEnded;
  private @Nullable String latest;

  ProgressReport(ClientEndpoint client, ThreadId thread, JsonElement token) {
    this.client = client;
    this.thread = thread;
    this.token = token;
  }

  ThreadId thread() {
    return thread;
  }

  JsonElement token() {
    return token;
  }

  /// Asks for the token, and begins when the client agrees. A client that refuses sees no progress.
  void create(String title) {
    JsonObject params = new JsonObject();
    params.add("token", token);
    client
        .send("window/workDoneProgress/create", params)
        .onAnswer(_ -> begin(title), _ -> {});
  }

  void begin(String title) {
    lock.lock();
    try {
      if (hasBegun || hasEnded) {
        return;
      }
      hasBegun = true;
      JsonObject value = value("begin");
      value.addProperty("title", title);
      value.addProperty("cancellable", true);
      if (latest != null) {
        value.addProperty("message", latest);
      }
      send(value);
    } finally {
      lock.unlock();
    }
  }

  void report(String message) {
    lock.lock();
    try {
      latest = message;
      if (hasBegun && !hasEnded) {
        JsonObject value = value("report");
        value.addProperty("message", message);
        send(value);
      }
    } finally {
      lock.unlock();
    }
  }

  void end(String message) {
    lock.lock();
    try {
      hasEnded = true;
      if (hasBegun) {
        JsonObject value = value("end");
        value.addProperty("message", message);
        send(value);
      }
    } finally {
      lock.unlock();
    }
  }

  private static JsonObject value(String kind) {
    JsonObject value = new JsonObject();
    value.addProperty("kind", kind);
    return value;
  }

  private void send(JsonObject value) {
    JsonObject params = new JsonObject();
    params.add("token", token);
    params.add("value", value);
    client.notify("$/progress", params);
  }
}
