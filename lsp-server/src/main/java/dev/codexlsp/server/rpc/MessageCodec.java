package dev.codexlsp.server.rpc;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import org.eclipse.lsp4j.jsonrpc.json.MessageConstants;
import org.eclipse.lsp4j.jsonrpc.messages.CancelParams;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.IdentifiableMessage;
import org.eclipse.lsp4j.jsonrpc.messages.Message;
import org.eclipse.lsp4j.jsonrpc.messages.NotificationMessage;
import org.eclipse.lsp4j.jsonrpc.messages.RequestMessage;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseMessage;
import org.jspecify.annotations.Nullable;

/// The JSON-RPC envelope.
///
/// LSP4J's own adapter is not used: it drops the result of every response whose method is not in
/// its table, narrows number ids to `int`, and knows one error for everything that is wrong with a
/// message. Immutable; any thread may use it.
final class MessageCodec {
  static final String CANCEL = "$/cancelRequest";

  private final Renderer renderer;

  MessageCodec(Renderer renderer) {
    this.renderer = renderer;
  }

  /// The message that the tree says, with params and result as [JsonElement].
  ///
  /// @throws Refusal when it says none
  Message decode(JsonElement json) {
    if (!(json instanceof JsonObject object)) {
      throw Refusal.invalidRequest(
          json.isJsonArray() ? "batches are not supported" : "a message must be an object");
    }
    JsonElement method = object.get("method");
    if (method == null && (object.has("result") || object.has("error"))) {
      return response(object);
    }
    if (!(method instanceof JsonPrimitive name) || !name.isString()) {
      throw Refusal.invalidRequest("a message must have a `method`");
    }
    JsonElement params = object.get("params");
    if (params != null && params.isJsonPrimitive()) {
      throw Refusal.invalidRequest("`params` must be an object or an array");
    }
    return object.has("id")
        ? request(object, name.getAsString(), params)
        : notification(name.getAsString(), params);
  }

  /// The id of a message that may be no valid message at all; null when none can be read.
  static @Nullable Either<String, Number> id(JsonElement json) {
    if (json instanceof JsonObject object && object.get("id") instanceof JsonPrimitive id) {
      if (id.isString()) {
        return Either.forLeft(id.getAsString());
      }
      if (id.isNumber()) {
        return Either.forRight(id.getAsNumber());
      }
    }
    return null;
  }

  private static RequestMessage request(
      JsonObject object, String method, @Nullable JsonElement params) {
    Either<String, Number> id = id(object);
    if (id == null) {
      throw Refusal.invalidRequest("an `id` must be a string or a number");
    }
    RequestMessage request = new RequestMessage();
    request.setRawId(id);
    request.setMethod(method);
    request.setParams(params);
    return request;
  }

  private static NotificationMessage notification(String method, @Nullable JsonElement params) {
    NotificationMessage notification = new NotificationMessage();
    notification.setMethod(method);
    notification.setParams(params);
    Either<String, Number> cancelled = params == null ? null : id(params);
    if (method.equals(CANCEL) && cancelled != null) {
      CancelParams cancel = new CancelParams();
      cancel.setRawId(cancelled);
      notification.setParams(cancel);
    }
    return notification;
  }

  private static ResponseMessage response(JsonObject object) {
    ResponseMessage response = new ResponseMessage();
    Either<String, Number> id = id(object);
    response.setRawId(id == null ? Either.forLeft("null") : id);
    JsonElement error = object.get("error");
    if (error == null || error.isJsonNull()) {
      response.setResult(object.has("result") ? object.get("result") : JsonNull.INSTANCE);
    } else {
      response.setError(error(error));
    }
    return response;
  }

  /// An error is an error even when it is not well made.
  private static ResponseError error(JsonElement json) {
    int code = ResponseErrorCode.UnknownErrorCode.getValue();
    String message = json.toString();
    JsonElement data = null;
    if (json instanceof JsonObject object) {
      data = object.get("data");
      if (object.get("code") instanceof JsonPrimitive number && number.isNumber()) {
        code = number.getAsNumber().intValue();
      }
      if (object.get("message") instanceof JsonPrimitive text) {
        message = text.getAsString();
      }
    }
    return new ResponseError(code, message, data);
  }

  /// The message as text. Results that are records keep their nulls, because clients of the
  /// original expect every member; records elsewhere drop them. A JSON tree is sent as it is.
  String encode(Message message) throws IOException {
    StringWriter text = new StringWriter();
    JsonWriter out = new JsonWriter(text);
    out.setSerializeNulls(false);
    out.beginObject();
    out.name("jsonrpc").value(MessageConstants.JSONRPC_VERSION);
    // No pattern switch: the first one that a JVM meets costs it some 15 ms, and an editor waits.
    if (message instanceof NotificationMessage notification) {
      out.name("method").value(notification.getMethod());
      encodeParams(out, notification.getParams());
    } else if (message instanceof RequestMessage request) {
      encodeId(out, request);
      out.name("method").value(request.getMethod());
      encodeParams(out, request.getParams());
    } else if (message instanceof ResponseMessage response) {
      encodeId(out, response);
      encodeOutcome(out, response);
    }
    out.endObject();
    return text.toString();
  }

  private static void encodeId(JsonWriter out, IdentifiableMessage message) throws IOException {
    out.name("id");
    Either<String, Number> id = message.getRawId();
    if (id == null) {
      out.setSerializeNulls(true);
      out.nullValue();
      out.setSerializeNulls(false);
    } else if (id.isLeft()) {
      out.value(id.getLeft());
    } else {
      out.value(id.getRight());
    }
  }

  private void encodeParams(JsonWriter out, @Nullable Object params) throws IOException {
    if (params != null) {
      out.name("params");
      encodeValue(out, params);
    }
  }

  private void encodeOutcome(JsonWriter out, ResponseMessage response) throws IOException {
    ResponseError error = response.getError();
    if (error == null) {
      out.setSerializeNulls(true);
      out.name("result");
      encodeValue(out, response.getResult());
      return;
    }
    out.name("error").beginObject();
    out.name("code").value(error.getCode());
    out.name("message").value(error.getMessage());
    if (error.getData() != null) {
      out.name("data");
      encodeValue(out, error.getData());
    }
    out.endObject();
  }

  private void encodeValue(JsonWriter out, @Nullable Object value) throws IOException {
    if (value == null) {
      out.nullValue();
    } else if (value instanceof JsonElement json) {
      out.jsonValue(json.toString());
    } else {
      renderer.write(value, out);
    }
  }
}
