package dev.codexlsp.server.conversation;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.codexlsp.exec.protocol.ExecMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Plays a [Conversation] and writes down what happened, in the form of the file itself. Belongs to
/// one thread.
///
/// ```
/// open                       starts a thread in $cwd; what that says is not written down
/// request METHOD PARAMS      ids count from 1
/// notify METHOD PARAMS
/// answer METHOD RESULT       answers the server's last request of the name; METHOD@ITEM the one
///                            about this item
/// refuse METHOD ERROR        the same, with an error
/// wait METHOD                until the server has said or asked this
/// wait response              until the last request is answered
/// wait gate NAME             until the model stands there
/// wait asked METHOD          until the exec-server has been asked this
/// wait dropped NUMBER        until the server has hung up in the middle of the model's answer
/// hush METHOD                what the server says of this is not written down
/// show METHOD                and now it is; at first `codex/warning` is not
/// apart                      what is received from here on is kept back
/// together                   and now written down item by item, the ids of questions left out
/// config TEXT                replaces config.toml; ¶ is the end of a line
/// release NAME               lets the model pass the gate
/// files                      writes down what lies in $cwd
/// processes                  writes down how many processes the server has
/// ```
///
/// What the server says in the end, when it is told to go, is written down too.
final class ConversationRunner {
  private static final String OUTPUT = "codex/item/commandExecution/outputDelta ";

  private final Conversation conversation;
  private final Stage stage;
  private final Normaliser normaliser;
  private final FakeClient client;
  private final List<String> transcript = new ArrayList<>();

  /// Every conversation but one has a model that nobody has described, and is not about that.
  private final Set<String> hushed = new HashSet<>(Set.of("codex/warning"));

  private final Map<String, List<String>> byItem = new TreeMap<>();
  private boolean isQuiet;
  private boolean isApart;

  ConversationRunner(Conversation conversation, Stage stage)
      throws IOException, InterruptedException {
    this.conversation = conversation;
    this.stage = stage;
    this.normaliser =
        new Normaliser()
            .with("$cwd", stage.cwd().toString())
            .with("$home", stage.home().toString())
            .with("$model", stage.model().baseUrl().toString())
            .with("$exec", stage.execUrl());
    this.client = stage.client(conversation.client(), this::seen);
  }

  /// The whole file as this run says it should be.
  String play() throws IOException, InterruptedException {
    transcript.addAll(conversation.head());
    transcript.add("== talk");
    for (String line : conversation.talk()) {
      transcript.add(line);
      act(line.split(" ", 3));
    }
    isQuiet = false;
    int id = client.request("shutdown", null);
    JsonObject answer = client.awaitResponse(id);
    if (!answer.has("result")) {
      throw new AssertionError("shutdown was refused: " + answer);
    }
    transcript.removeLast();
    client.notify("exit", null);
    int status = stage.server().exitStatus();
    if (status != 0) {
      throw new AssertionError("the server ended with status " + status);
    }
    modelSaw();
    execServerSaw();
    return transcript();
  }

  /// What has happened so far.
  String transcript() {
    return String.join("\n", transcript) + "\n";
  }

  private void act(String[] words) throws IOException, InterruptedException {
    switch (words[0]) {
      case "open" -> open();
      case "request" -> client.request(words[1], json(words));
      case "notify" -> client.notify(words[1], json(words));
      case "answer" -> client.answer(words[1], "result", json(words));
      case "refuse" -> client.answer(words[1], "error", json(words));
      case "wait" -> await(words);
      case "hush" -> hushed.add(words[1]);
      case "show" -> hushed.remove(words[1]);
      case "apart" -> isApart = true;
      case "together" -> together();
      case "release" -> stage.model().release(words[1]);
      case "config" -> replaceConfig(words);
      case "files" -> receive("files " + files());
      case "processes" -> receive("processes " + processes());
      default -> throw new IllegalArgumentException("not a line of a talk: " + words[0]);
    }
  }

  private void replaceConfig(String[] words) throws IOException {
    String text = String.join(" ", Arrays.asList(words).subList(1, words.length));
    Files.writeString(
        stage.home().resolve("config.toml"), normaliser.original(text).replace('¶', '\n'));
  }

  private void open() throws IOException, InterruptedException {
    isQuiet = true;
    JsonObject params = new JsonObject();
    params.addProperty("cwd", stage.cwd().toString());
    client.request("codex/thread/start", params);
    client.await("codex/thread/started");
    isQuiet = false;
  }

  private void await(String[] words) throws InterruptedException {
    switch (words[1]) {
      case "response" -> client.awaitResponse(client.lastId());
      case "gate" -> stage.model().awaitGate(words[2]);
      case "asked" -> stage.execServer().await(words[2], 1);
      case "dropped" -> stage.model().awaitDropped(Integer.parseInt(words[2]));
      default -> client.await(words[1]);
    }
  }

  private JsonElement json(String[] words) {
    return JsonParser.parseString(normaliser.original(words[2]));
  }

  /// One that has ended and whose parent has not noticed yet has no program any more. The one that
  /// watches over the others is no command.
  private long processes() {
    return stage
        .server()
        .process()
        .descendants()
        .map(ProcessHandle::info)
        .filter(info -> info.command().isPresent())
        .filter(info -> !info.commandLine().orElse("").contains("codex-lsp-lifeline"))
        .count();
  }

  private String files() throws IOException {
    try (Stream<Path> files = Files.list(stage.cwd())) {
      return files
          .map(file -> file.getFileName().toString())
          .sorted()
          .collect(Collectors.joining(" "));
    }
  }

  private void seen(JsonObject message) {
    // Names are given in the order of arrival, also by messages that are not written down.
    String text = normaliser.normalised(message);
    boolean isHushed =
        message.has("method") && hushed.contains(message.get("method").getAsString());
    if (!isQuiet && !isHushed) {
      JsonObject shown = JsonParser.parseString(text).getAsJsonObject();
      if (isApart) {
        shown.remove("id");
        byItem.computeIfAbsent(item(shown), _ -> new ArrayList<>()).add(rendered(shown));
      } else {
        receive(rendered(shown));
      }
    }
  }

  /// The item that a message is about; empty for none.
  private static String item(JsonObject message) {
    if (!(message.get("params") instanceof JsonObject params)) {
      return "";
    }
    if (params.get("item") instanceof JsonObject item) {
      return item.get("id").getAsString();
    }
    return params.has("itemId") ? params.get("itemId").getAsString() : "";
  }

  private void together() {
    isApart = false;
    byItem.values().forEach(lines -> lines.forEach(this::receive));
    byItem.clear();
  }

  private void receive(String line) {
    String received = (Conversation.RECEIVED + line).strip();
    String joined = transcript.isEmpty() ? null : joined(transcript.getLast(), received);
    if (joined == null) {
      transcript.add(received);
    } else {
      transcript.set(transcript.size() - 1, joined);
    }
  }

  /// Where one read of a command's output ended and the next began is chance, so neighbours become
  /// one. Null for anything else.
  private static @Nullable String joined(String last, String next) {
    String start = Conversation.RECEIVED + OUTPUT;
    if (!last.startsWith(start) || !next.startsWith(start)) {
      return null;
    }
    JsonObject one = JsonParser.parseString(last.substring(start.length())).getAsJsonObject();
    JsonObject other = JsonParser.parseString(next.substring(start.length())).getAsJsonObject();
    if (!one.get("itemId").equals(other.get("itemId"))) {
      return null;
    }
    one.addProperty("delta", one.get("delta").getAsString() + other.get("delta").getAsString());
    return start + one;
  }

  private static String rendered(JsonObject message) {
    String id = message.has("id") ? message.get("id").getAsString() + " " : "";
    if (!message.has("method")) {
      return message.has("error")
          ? "error " + id + message.get("error")
          : "response " + id + message.get("result");
    }
    String kind = message.has("id") ? "request " + id : "";
    return kind + message.get("method").getAsString() + " " + message.get("params");
  }

  private void modelSaw() {
    transcript.add("");
    transcript.add("== model saw");
    transcript.addAll(new ModelTranscript(normaliser).of(stage.model().calls()));
  }

  /// Adds every request to the exec-server but those for files: each turn looks for instructions.
  private void execServerSaw() {
    if (conversation.execServer() == null) {
      return;
    }
    transcript.add("");
    transcript.add("== exec-server saw");
    for (ExecMessage.Request request : stage.execServer().asked()) {
      if (request.method().startsWith("fs/")) {
        continue;
      }
      String params = normaliser.normalised(JsonParser.parseString(request.params().toString()));
      transcript.add(request.method() + " " + params);
    }
  }
}
