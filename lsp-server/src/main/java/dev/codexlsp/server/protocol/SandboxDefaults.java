package dev.codexlsp.server.protocol;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import dev.codexlsp.exec.json.WireException;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A client may leave the writable folders of a policy out: then there are none besides the
/// workspace. Those it names are absolute.
final class SandboxDefaults implements TypeAdapterFactory {
  private static final String ROOTS = "writableRoots";

  @Override
  public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    return type.getRawType() == SandboxPolicy.WorkspaceWrite.class
        ? new Filled<T>(gson.getDelegateAdapter(this, type)).nullSafe()
        : null;
  }

  private static final class Filled<T> extends TypeAdapter<T> {
    private final TypeAdapter<T> strict;

    Filled(TypeAdapter<T> strict) {
      this.strict = strict;
    }

    @Override
    public T read(JsonReader in) throws IOException {
      String path = WireException.path(in);
      JsonElement json = JsonParser.parseReader(in);
      if (json instanceof JsonObject policy && !policy.has(ROOTS)) {
        policy.add(ROOTS, new JsonArray());
      }
      try {
        T value = strict.fromJsonTree(json);
        requireAbsolute(value);
        return value;
      } catch (WireException inner) {
        throw inner.within(path);
      }
    }

    private static void requireAbsolute(Object value) {
      if (value instanceof SandboxPolicy.WorkspaceWrite policy) {
        for (Path root : policy.writableRoots()) {
          if (!root.isAbsolute()) {
            throw new WireException("." + ROOTS, "not an absolute path: " + root);
          }
        }
      }
    }

    @Override
    public void write(JsonWriter out, T value) throws IOException {
      strict.write(out, value);
    }
  }
}
