package dev.codexlsp.exec.json;

import com.google.gson.Gson;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Enums are words: `IN_PROGRESS` is `inProgress`, or `in-progress` for those that are said to be
/// spelled so.
public final class WordFactory implements TypeAdapterFactory {
  private final Set<Class<?>> kebab;

  /// How a word of several parts is written.
  public enum Spelling {
    CAMEL,
    KEBAB
  }

  WordFactory(Set<Class<?>> kebab) {
    this.kebab = Set.copyOf(kebab);
  }

  @Override
  public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    Class<? super T> raw = type.getRawType();
    if (!raw.isEnum()) {
      return null;
    }
    Spelling spelling = kebab.contains(raw) ? Spelling.KEBAB : Spelling.CAMEL;
    Map<String, T> byWord = new TreeMap<>();
    Map<T, String> words = new HashMap<>();
    for (Object constant : raw.getEnumConstants()) {
      @SuppressWarnings("unchecked")
      T value = (T) constant;
      String word = word(((Enum<?>) constant).name(), spelling);
      byWord.put(word, value);
      words.put(value, word);
    }
    return adapter(byWord, words);
  }

  /// How a constant is written.
  public static String word(String constant, Spelling spelling) {
    String[] parts = constant.toLowerCase(Locale.ROOT).split("_", -1);
    return switch (spelling) {
      case KEBAB -> String.join("-", parts);
      case CAMEL -> {
        StringBuilder camel = new StringBuilder(parts[0]);
        for (String part : Arrays.asList(parts).subList(1, parts.length)) {
          camel.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
        }
        yield camel.toString();
      }
    };
  }

  private static <T> TypeAdapter<T> adapter(Map<String, T> byWord, Map<T, String> words) {
    return new TypeAdapter<T>() {
      @Override
      public T read(JsonReader in) throws IOException {
        String word = StrictScalars.string(in);
        T value = byWord.get(word);
        if (value == null) {
          throw WireException.at(in, unknown(word, byWord.keySet()));
        }
        return value;
      }

      @Override
      public void write(JsonWriter out, T value) throws IOException {
        out.value(words.get(value));
      }
    }.nullSafe();
  }

  static String unknown(String word, Set<String> known) {
    return "unknown value `" + word + "`, expected one of " + String.join(", ", known);
  }
}
