package dev.codexlsp.server.conversation;

import dev.codexlsp.exec.remote.ScriptedExecServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One scenario, written as text: what the model says, who the client is, what the client does, and
/// what it must get to see.
///
/// ```
/// # What this shows.
/// == client
/// approvals
/// == model
/// response
/// message "Hello"
/// == talk
/// open
/// request codex/turn/start {"threadId": "$thread1", "input": [{"type": "text", "text": "hi"}]}
/// wait codex/turn/completed
/// <- response 2 {...}
/// == model saw
/// request 1
/// {...}
/// ```
///
/// The part `client` holds lines of [ClientWish], `model` a `ModelScript` of agent-core's tests,
/// `config` (optional) the whole `config.toml`, `exec-server` (optional) a script of
/// [ScriptedExecServer] for the place where commands run, `environments` (optional) the whole
/// `environments.toml`, where `$exec` is the URL of that server (without this part the variable
/// `CODEX_EXEC_SERVER_URL` names it), `talk` lines of [ConversationRunner]. The lines of `talk`
/// that begin with an arrow and the parts `model saw` and `exec-server saw` are the expectation,
/// which `-DupdateGolden` rewrites.
///
/// @param head everything before the talk, as it stands
/// @param config null when the file has no such part
/// @param execServer the same
/// @param environments the same
record Conversation(
    List<String> head,
    Set<ClientWish> client,
    String model,
    @Nullable String config,
    @Nullable List<String> execServer,
    @Nullable String environments,
    List<String> talk) {

  /// What a received message begins with.
  static final String RECEIVED = "<- ";

  static Conversation read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    int talk = lines.indexOf("== talk");
    if (talk < 0) {
      throw new IllegalArgumentException("no part `talk` in " + file);
    }
    List<String> head = lines.subList(0, talk);
    Set<ClientWish> wishes = new HashSet<>();
    part(head, "client").forEach(line -> wishes.add(ClientWish.named(line)));
    return new Conversation(
        List.copyOf(head),
        Set.copyOf(wishes),
        String.join("\n", part(head, "model")),
        text(head, "config"),
        head.contains("== exec-server") ? part(head, "exec-server") : null,
        text(head, "environments"),
        part(lines, "talk").stream()
            .filter(line -> !line.startsWith(RECEIVED))
            .collect(Collectors.toUnmodifiableList()));
  }

  private static @Nullable String text(List<String> lines, String name) {
    List<String> part = part(lines, name);
    return part.isEmpty() ? null : String.join("\n", part);
  }

  private static List<String> part(List<String> lines, String name) {
    List<String> part = new ArrayList<>();
    boolean inside = false;
    for (String line : lines) {
      if (line.startsWith("== ")) {
        inside = line.equals("== " + name);
      } else if (inside && !line.isBlank() && !line.startsWith("#")) {
        part.add(line);
      }
    }
    return part;
  }
}
