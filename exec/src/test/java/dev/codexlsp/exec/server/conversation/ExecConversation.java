package dev.codexlsp.exec.server.conversation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.codexlsp.exec.protocol.ExecError;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Plays one scenario, written as text, against an exec-server, and writes down what happens.
///
/// ```
/// # What this shows.
/// connect a
/// a> {"id":1,"method":"initialize","params":{"clientName":"x"}}
/// a< {"id":1,"result":{"sessionId":"$session1"}}
/// wait a p closed
/// a| p stdout "hi\n" exit 0 closed
/// ```
///
/// Who does what: `connect NAME`; `NAME> JSON` sends, and a request waits for its answer; `NAME>>
/// JSON` does not wait; `answer NAME ID` waits then; `NAME! TEXT` sends what is no request and
/// waits for the next answer; `closed NAME` waits for the end of the connection; `cut NAME` drops
/// it; `wait NAME PROCESS closed` and `wait NAME PROCESS "text"` wait for a process, or for a body
/// that is streamed; `resume NAME ID SESSION` says `initialize` until the server lets it in.
///
/// What is heard: lines of `NAME<` and `NAME|` are the expectation. The events of a process are put
/// together, because where output is cut, and which of two streams comes first, is chance.
public final class ExecConversation {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Pattern HEARD = Pattern.compile("\\w+[<|] .*");
  private static final Pattern SENT = Pattern.compile("(\\w+)(>>|>|!) ?(.*)");
  private static final Pattern SESSION =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern TIME = Pattern.compile("\"(created|modified)AtMs\":\\d+");
  private static final Pattern DATE = Pattern.compile("\"name\":\"date\",\"value\":\"[^\"]*\"");
  private static final Pattern PEER = Pattern.compile("websocket 127\\.0\\.0\\.1:\\d+");

  /// Makes connections to the server that is tested.
  public interface Server {
    ClientEnd connect() throws Exception;
  }

  private final Server server;
  private final Map<String, String> variables;
  private final List<String> written = new ArrayList<>();
  private final Map<String, Voice> voices = new HashMap<>();
  private final Map<String, String> sessions = new TreeMap<>();

  /// @param variables what stands in the text for what differs from run to run: `$dir`, `$web`
  public ExecConversation(Server server, Map<String, String> variables) {
    this.server = server;
    this.variables = variables;
  }

  /// The scenario as it should be written down after what has happened.
  public String play(String scenario) throws Exception {
    try {
      for (String line : scenario.split("\n", -1)) {
        if (!HEARD.matcher(line).matches()) {
          written.add(line);
          if (!line.isBlank() && !line.startsWith("#")) {
            act(substituted(line));
          }
        }
      }
      return String.join("\n", written);
    } finally {
      for (Voice voice : voices.values()) {
        voice.end.cut();
      }
    }
  }

  private void act(String line) throws Exception {
    String[] words = line.split(" ", 4);
    MatchResult sent = SENT.matcher(line).results().findFirst().orElse(null);
    if (sent != null && line.startsWith(sent.group())) {
      say(voice(sent.group(1)), sent.group(2), sent.group(3));
      return;
    }
    switch (words[0]) {
      case "connect" -> voices.put(words[1], new Voice(words[1], server.connect()));
      case "cut" -> voice(words[1]).end.cut();
      case "closed" -> voice(words[1]).awaitClosed();
      case "answer" -> voice(words[1]).answer(Long.parseLong(words[2]));
      case "resume" -> resume(voice(words[1]), Long.parseLong(words[2]), words[3]);
      case "wait" -> voice(words[1]).awaitProcess(words[2], words[3]);
      default -> throw new IllegalArgumentException(line);
    }
  }

  /// The server may not have noticed yet that the connection before is gone.
  private static void resume(Voice voice, long id, String session) throws Exception {
    String request =
        "{'id':%d,'method':'initialize','params':{'clientName':'x','resumeSessionId':'%s'}}"
            .formatted(id, session)
            .replace('\'', '"');
    long endBy = System.nanoTime() + PATIENCE.toNanos();
    boolean attached = true;
    while (attached && System.nanoTime() < endBy) {
      voice.end.send(request);
      JsonObject answer = voice.await(id);
      attached = answer.toString().contains("" + ExecError.SESSION_ATTACHED);
      if (!attached) {
        voice.write(answer);
      }
    }
  }

  private static void say(Voice voice, String how, String text) throws Exception {
    voice.end.send(text);
    switch (how) {
      case ">>" -> {}
      case "!" -> voice.answer(-1);
      default -> {
        JsonObject message = JsonParser.parseString(text).getAsJsonObject();
        if (message.has("id")) {
          voice.answer(message.get("id").getAsLong());
        }
      }
    }
  }

  private Voice voice(String name) {
    Voice voice = voices.get(name);
    if (voice == null) {
      throw new IllegalArgumentException("not connected: " + name);
    }
    return voice;
  }

  private String substituted(String line) {
    String real = line;
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      real = real.replace(variable.getKey(), variable.getValue());
    }
    for (Map.Entry<String, String> session : sessions.entrySet()) {
      real = real.replace(session.getValue(), session.getKey());
    }
    return real;
  }

  private String normalised(String heard) {
    String normal = heard;
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      normal = normal.replace(variable.getValue(), variable.getKey());
    }
    normal =
        SESSION
            .matcher(normal)
            .replaceAll(id ->
                "\\"
                    + sessions.computeIfAbsent(
                        id.group(), unknown -> "$session" + (sessions.size() + 1)));
    normal = TIME.matcher(normal).replaceAll("\"$1AtMs\":\"<time>\"");
    normal = DATE.matcher(normal).replaceAll("\"name\":\"date\",\"value\":\"<time>\"");
    return PEER.matcher(normal).replaceAll("websocket <peer>");
  }

  /// One connection, and what has been heard on it and not been looked at.
  private final class Voice {
    private final String name;
    private final ClientEnd end;
    private final List<JsonObject> answers = new ArrayList<>();
    private final Map<String, Story> stories = new HashMap<>();
    private boolean closed;

    Voice(String name, ClientEnd end) {
      this.name = name;
      this.end = end;
    }

    private void listen() throws Exception {
      String message = end.receive(PATIENCE);
      if (message == null) {
        throw new AssertionError("nothing came; so far:\n" + String.join("\n", written));
      }
      if (message.equals(ClientEnd.CLOSED)) {
        closed = true;
        return;
      }
      JsonObject json = JsonParser.parseString(message).getAsJsonObject();
      if (json.has("method")) {
        JsonObject params = json.getAsJsonObject("params");
        String id = params.has("processId") ? "processId" : "requestId";
        story(params.get(id).getAsString()).add(params);
      } else {
        answers.add(json);
      }
    }

    private Story story(String id) {
      return stories.computeIfAbsent(id, unknown -> new Story());
    }

    void answer(long id) throws Exception {
      write(await(id));
    }

    void write(JsonObject answer) {
      written.add(name + "< " + normalised(tidy(answer).toString()));
    }

    JsonObject await(long id) throws Exception {
      while (true) {
        for (JsonObject answer : answers) {
          if (answer.get("id").getAsLong() == id) {
            answers.remove(answer);
            return answer;
          }
        }
        if (closed) {
          throw new AssertionError("closed; so far:\n" + String.join("\n", written));
        }
        listen();
      }
    }

    void awaitClosed() throws Exception {
      while (!closed) {
        listen();
      }
      written.add(name + "< closed");
    }

    void awaitProcess(String id, String what) throws Exception {
      Story story = story(id);
      String text = what.startsWith("\"") ? JsonParser.parseString(what).getAsString() : null;
      while (text == null ? !story.closed : !story.text().contains(text)) {
        listen();
        story = story(id);
      }
      written.add(name + "| " + id + normalised(story.tell()));
      if (story.closed) {
        stories.remove(id);
      }
    }
  }

  /// What a process, or a streamed body, has told so far.
  private static final class Story {
    private final Map<String, ByteArrayOutputStream> streams = new TreeMap<>();
    private final StringBuilder end = new StringBuilder();
    private long lastSequence;
    private boolean closed;

    void add(JsonObject params) {
      long sequence = params.get("seq").getAsLong();
      if (sequence <= lastSequence) {
        throw new AssertionError("number " + sequence + " after " + lastSequence);
      }
      lastSequence = sequence;
      if (params.has("chunk")) {
        bytes(params.get("stream").getAsString(), params.get("chunk").getAsString());
      } else if (params.has("deltaBase64")) {
        bytes("body", params.get("deltaBase64").getAsString());
        closed = params.get("done").getAsBoolean();
        end.append(closed ? " error " + params.get("error") + " done" : "");
      } else if (params.has("exitCode")) {
        end.append(" exit ").append(params.get("exitCode").getAsInt());
        end.append(params.get("sandboxDenied").getAsBoolean() ? " denied" : "");
      } else {
        closed = true;
        end.append(" closed");
      }
    }

    private void bytes(String stream, String base64) {
      streams
          .computeIfAbsent(stream, unknown -> new ByteArrayOutputStream())
          .writeBytes(Base64.getDecoder().decode(base64));
    }

    String text() {
      StringBuilder text = new StringBuilder();
      streams.values().forEach(bytes -> text.append(bytes.toString(StandardCharsets.UTF_8)));
      return text.toString();
    }

    String tell() {
      StringBuilder told = new StringBuilder();
      streams.forEach(
          (stream, bytes) -> told.append(' ').append(stream).append(' ').append(quoted(bytes)));
      streams.clear();
      told.append(end);
      end.setLength(0);
      return told.toString();
    }

    private static String quoted(ByteArrayOutputStream bytes) {
      return new JsonPrimitive(bytes.toString(StandardCharsets.UTF_8)).toString();
    }
  }

  /// Servers write the members of an answer, and the headers of a response, in one order or
  /// another, and each knows other things of its place.
  private static JsonObject tidy(JsonObject answer) {
    JsonObject tidy = new JsonObject();
    for (String member : List.of("id", "result", "error")) {
      @Nullable JsonElement value = answer.get(member);
      if (value != null) {
        tidy.add(member, value);
      }
    }
    if (answer.get("result") instanceof JsonObject result) {
      if (result.has("environmentInfo")) {
        result.addProperty("environmentInfo", "<info>");
      } else if (result.has("shell")) {
        tidy.addProperty("result", "<info>");
      } else if (result.get("headers") instanceof JsonArray headers) {
        List<JsonElement> all = new ArrayList<>(headers.asList());
        all.sort(Comparator.comparing(JsonElement::toString));
        result.add("headers", new JsonArray());
        all.forEach(result.getAsJsonArray("headers")::add);
      }
    }
    return tidy;
  }
}
