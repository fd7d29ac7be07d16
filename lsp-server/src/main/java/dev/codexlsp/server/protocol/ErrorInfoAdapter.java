package dev.codexlsp.server.protocol;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import dev.codexlsp.core.thread.CodexErrorInfo;
import dev.codexlsp.core.thread.CodexErrorInfo.ActiveTurnNotSteerable;
import dev.codexlsp.core.thread.CodexErrorInfo.HttpConnectionFailed;
import dev.codexlsp.core.thread.CodexErrorInfo.Kind;
import dev.codexlsp.core.thread.CodexErrorInfo.ResponseStreamDisconnected;
import dev.codexlsp.core.thread.CodexErrorInfo.ResponseTooManyFailedAttempts;
import dev.codexlsp.core.thread.TurnKind;
import dev.codexlsp.exec.json.WireException;
import dev.codexlsp.exec.json.WordFactory;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A plain kind of failure is a word; one that carries a status is an object whose one member is
/// named after it.
final class ErrorInfoAdapter extends TypeAdapter<@Nullable CodexErrorInfo> {
  private static final String HTTP = "httpConnectionFailed";
  private static final String DISCONNECTED = "responseStreamDisconnected";
  private static final String TOO_MANY = "responseTooManyFailedAttempts";
  private static final String NOT_STEERABLE = "activeTurnNotSteerable";
  private static final String TURN_KIND = "turnKind";
  private static final String STATUS = "httpStatusCode";

  @Override
  public void write(JsonWriter out, @Nullable CodexErrorInfo info) throws IOException {
    switch (info) {
      case null -> out.nullValue();
      case Kind kind -> out.value(word(kind));
      case HttpConnectionFailed(Integer status) -> write(out, HTTP, status);
      case ResponseStreamDisconnected(Integer status) -> write(out, DISCONNECTED, status);
      case ResponseTooManyFailedAttempts(Integer status) -> write(out, TOO_MANY, status);
      case ActiveTurnNotSteerable(TurnKind kind) -> {
        out.beginObject().name(NOT_STEERABLE);
        out.beginObject().name(TURN_KIND).value(word(kind)).endObject();
        out.endObject();
      }
    }
  }

  private static String word(Enum<?> kind) {
    return WordFactory.word(kind.name(), WordFactory.Spelling.CAMEL);
  }

  private static void write(JsonWriter out, String name, @Nullable Integer status)
      throws IOException {
    out.beginObject().name(name);
    out.beginObject().name(STATUS).value(status).endObject();
    out.endObject();
  }

  @Override
  public @Nullable CodexErrorInfo read(JsonReader in) throws IOException {
    String path = WireException.path(in);
    JsonElement json = JsonParser.parseReader(in);
    if (json.isJsonNull()) {
      return null;
    }
    CodexErrorInfo info = json instanceof JsonObject object ? withStatus(object) : kind(json);
    if (info == null) {
      throw new WireException(path, "unknown error class " + json);
    }
    return info;
  }

  private static @Nullable CodexErrorInfo withStatus(JsonObject object) {
    String name = object.size() == 1 ? object.keySet().iterator().next() : "";
    @Nullable Integer status = status(object.get(name));
    return switch (name) {
      case HTTP -> new HttpConnectionFailed(status);
      case DISCONNECTED -> new ResponseStreamDisconnected(status);
      case TOO_MANY -> new ResponseTooManyFailedAttempts(status);
      case NOT_STEERABLE -> notSteerable(object.get(name));
      default -> null;
    };
  }

  private static @Nullable CodexErrorInfo kind(JsonElement json) {
    for (Kind kind : Kind.values()) {
      if (json.isJsonPrimitive() && word(kind).equals(json.getAsString())) {
        return kind;
      }
    }
    return null;
  }

  private static @Nullable CodexErrorInfo notSteerable(JsonElement detail) {
    for (TurnKind kind : TurnKind.values()) {
      if (detail instanceof JsonObject object
          && object.get(TURN_KIND) instanceof JsonPrimitive word
          && word.getAsString().equals(word(kind))) {
        return new ActiveTurnNotSteerable(kind);
      }
    }
    return null;
  }

  private static @Nullable Integer status(@Nullable JsonElement detail) {
    JsonElement status = detail instanceof JsonObject object ? object.get(STATUS) : null;
    return status == null || status.isJsonNull() ? null : status.getAsInt();
  }
}
