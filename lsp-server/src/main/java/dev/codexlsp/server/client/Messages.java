package dev.codexlsp.server.client;

import com.google.gson.JsonObject;
import dev.codexlsp.server.rpc.ClientEndpoint;

/// The messages that every LSP client shows. Any thread may send them.
public record Messages(ClientEndpoint client) {

  /// How loud a message is; LSP numbers them.
  public enum Type {
    ERROR,
    WARNING,
    INFO,
    LOG
  }

  public void show(Type type, String text) {
    client.notify("window/showMessage", params(type, text));
  }

  public void log(Type type, String text) {
    client.notify("window/logMessage", params(type, text));
  }

  static JsonObject params(Type type, String text) {
    JsonObject params = new JsonObject();
    params.addProperty("type", number(type));
    params.addProperty("message", text);
    return params;
  }

  private static int number(Type type) {
    return switch (type) {
      case ERROR -> 1;
      case WARNING -> 2;
      case INFO -> 3;
      case LOG -> 4;
    };
  }
}
