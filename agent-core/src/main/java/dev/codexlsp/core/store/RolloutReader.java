package dev.codexlsp.core.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.codexlsp.core.model.CallBalance;
import dev.codexlsp.core.model.ContextWindow;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TokenUsage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one rollout, of ours or of the original, from its first line to its last. What is broken
/// or unknown is passed over: a history with a gap is worth more than none.
///
/// Lives for one file, on the thread of its caller.
final class RolloutReader {
  private static final System.Logger LOG = System.getLogger(RolloutReader.class.getName());

  /// The whole of it is held in memory.
  private static final long MAX_BYTES = 512L << 20;

  /// More than any thread has, so that a number that is no number does no harm.
  private static final int MAX_WINDOWS = 1_000_000;

  /// What the original adds for itself; model servers do not know it.
  private static final String ORIGINALS_OWN = "internal_chat_message_metadata_passthrough";

  private final Path path;
  private @Nullable JsonObject meta;
  private List<ResponseItem> history = new ArrayList<>();

  /// How long the history was when each turn began.
  private final List<Integer> turnStarts = new ArrayList<>();

  private @Nullable ContextWindow window;
  private @Nullable TokenUsage usage;
  private String preview = "";
  private long lastOrdinal = -1;
  private long size;

  private RolloutReader(Path path) {
    this.path = path;
  }

  /// @param store what makes the thread's next lines
  static StoredThread read(Path path, ThreadStore store) {
    RolloutReader reader = new RolloutReader(path);
    reader.readLines();
    SessionMeta meta = reader.sessionMeta();
    Rollout rollout =
        store.reopen(meta, path, new Rollout.Standing(reader.size, reader.nextOrdinal()));
    return new StoredThread(
        meta, rollout, CallBalance.of(reader.history), reader.window, reader.usage, reader.preview);
  }

  /// Whether the thread was begun in the directory. What cannot be read was not.
  static boolean isOf(Path path, Path cwd) {
    try (BufferedReader lines = lines(path)) {
      String first = lines.readLine();
      return first != null
          && JsonParser.parseString(first) instanceof JsonObject json
          && text(object(json, "payload"), "cwd").equals(cwd.toString());
    } catch (IOException | JsonParseException unreadable) {
      return false;
    }
  }

  /// A reader, unlike `Files.lines`, replaces bytes that are no text.
  private static BufferedReader lines(Path path) throws IOException {
    return new BufferedReader(
        new InputStreamReader(Files.newInputStream(path), StandardCharsets.UTF_8));
  }

  private void readLines() {
    try {
      size = Files.size(path);
      if (size > MAX_BYTES) {
        throw new StoreException("the rollout " + path + " is larger than " + MAX_BYTES + " bytes");
      }
      try (BufferedReader lines = lines(path)) {
        String line;
        while ((line = lines.readLine()) != null) {
          read(line);
        }
      }
    } catch (IOException e) {
      throw new StoreException("cannot read the rollout " + path + ": " + e.getMessage(), e);
    }
  }

  private void read(String line) {
    if (line.isBlank()) {
      return;
    }
    try {
      if (JsonParser.parseString(line) instanceof JsonObject json) {
        lastOrdinal = Math.max(lastOrdinal, number(json, "ordinal", -1));
        take(text(json, "type"), object(json, "payload"));
      }
    } catch (JsonParseException broken) {
      LOG.log(System.Logger.Level.WARNING, "a broken line of the rollout " + path + " is skipped");
    }
  }

  private void take(String type, JsonObject payload) {
    switch (type) {
      case "session_meta" -> {
        if (meta == null) {
          meta = payload;
        }
      }
      case "response_item" -> history.add(item(payload));
      case "compacted" -> compact(payload);
      case "event_msg" -> takeEvent(payload);
      default -> {}
    }
  }

  private static ResponseItem item(JsonObject payload) {
    payload.remove(ORIGINALS_OWN);
    return new ResponseItem(payload);
  }

  /// Without the history that took its place, what the user said and the summary remain.
  private void compact(JsonObject payload) {
    List<ResponseItem> kept = new ArrayList<>();
    if (payload.get("replacement_history") instanceof JsonArray items) {
      for (JsonElement item : items) {
        if (item instanceof JsonObject object) {
          kept.add(item(object));
        }
      }
    } else {
      history.stream().filter(item -> item.text("role").equals("user")).forEach(kept::add);
      kept.add(ResponseItem.message("user", text(payload, "message")));
    }
    history = kept;
    turnStarts.replaceAll(start -> Math.min(start, kept.size()));
    window = window(payload);
    if (usage != null) {
      // The last response answered to what is not there any more.
      usage = new TokenUsage(usage.total(), TokenUsage.Breakdown.ZERO, usage.modelContextWindow());
    }
  }

  /// Null for a line of an older program, which does not name any.
  private static @Nullable ContextWindow window(JsonObject payload) {
    String id = text(payload, "window_id");
    String previous = text(payload, "previous_window_id");
    return id.isEmpty()
        ? null
        : new ContextWindow(
            Math.toIntExact(Math.clamp(number(payload, "window_number", 1), 1, MAX_WINDOWS)),
            text(payload, "first_window_id"),
            previous.isEmpty() ? null : previous,
            id);
  }

  private void takeEvent(JsonObject event) {
    switch (text(event, "type")) {
      case "task_started" -> turnStarts.add(history.size());
      case "user_message" -> previewed(text(event, "message"));
      case "item_completed" -> {
        JsonObject item = object(event, "item");
        if (text(item, "type").equals("UserMessage")) {
          previewed(String.join("", new ResponseItem(item).texts("content")));
        }
      }
      case "token_count" -> {
        if (event.get("info") instanceof JsonObject info) {
          usage = tokenUsage(info);
        }
      }
      case "thread_rolled_back" -> rollBack(number(event, "num_turns", 0));
      default -> {}
    }
  }

  private void previewed(String text) {
    if (preview.isEmpty()) {
      preview = text;
    }
  }

  private void rollBack(long turns) {
    for (long i = 0; i < turns && !turnStarts.isEmpty(); i++) {
      history = new ArrayList<>(history.subList(0, turnStarts.removeLast()));
    }
  }

  private SessionMeta sessionMeta() {
    JsonObject json = meta;
    if (json == null) {
      throw new StoreException("the rollout " + path + " does not say whose it is");
    }
    try {
      return new SessionMeta(
          new ThreadId(text(json, "id")),
          Instant.parse(text(json, "timestamp")),
          Path.of(text(json, "cwd")),
          text(json, "originator"),
          text(json, "cli_version"),
          text(json, "source"),
          text(json, "model_provider"),
          text(object(json, "base_instructions"), "text"));
    } catch (DateTimeException | IllegalArgumentException wrong) {
      throw new StoreException(
          "the first line of the rollout " + path + " is wrong: " + wrong.getMessage(), wrong);
    }
  }

  /// Negative in a file whose lines are not numbered.
  private long nextOrdinal() {
    boolean isNumbered = meta != null && text(meta, "history_mode").equals("paginated");
    if (isNumbered && lastOrdinal < 0) {
      throw new StoreException("the lines of the rollout " + path + " have lost their numbers");
    }
    return isNumbered ? lastOrdinal + 1 : -1;
  }

  private static TokenUsage tokenUsage(JsonObject info) {
    long window = number(info, "model_context_window", -1);
    return new TokenUsage(
        breakdown(object(info, "total_token_usage")),
        breakdown(object(info, "last_token_usage")),
        window < 0 ? null : window);
  }

  private static TokenUsage.Breakdown breakdown(JsonObject tokens) {
    return new TokenUsage.Breakdown(
        number(tokens, "total_tokens", 0),
        number(tokens, "input_tokens", 0),
        number(tokens, "cached_input_tokens", 0),
        number(tokens, "cache_write_input_tokens", 0),
        number(tokens, "output_tokens", 0),
        number(tokens, "reasoning_output_tokens", 0));
  }

  private static JsonObject object(JsonObject json, String member) {
    return json.get(member) instanceof JsonObject object ? object : new JsonObject();
  }

  private static String text(JsonObject json, String member) {
    return json.get(member) instanceof JsonPrimitive value && value.isString()
        ? value.getAsString()
        : "";
  }

  private static long number(JsonObject json, String member, long otherwise) {
    try {
      return json.get(member) instanceof JsonPrimitive value && value.isNumber()
          ? value.getAsLong()
          : otherwise;
    } catch (NumberFormatException notWhole) {
      return otherwise;
    }
  }
}
