package dev.codexlsp.core.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a [FakeModelServer] answers, written as text. A line is one word and, for most words, one
/// JSON value; empty lines and lines that begin with `#` are skipped.
///
/// ```
/// response                     begins the answer to one request
/// response "text"              the same, but only for a request whose body contains the text
///
/// message "Hello"              a message in one delta
/// message {"text": "Hello", "chunk": 2}              in deltas of two characters
/// message {"repeat": "tok{i} ", "count": 20000}      in that many deltas
/// reasoning {"summary": ["..."], "content": ["..."], "chunk": 8}
/// call {"name": "exec_command", "callId": "c1", "arguments": {"cmd": "true"}}
///                              in its arguments "$session" is the session told of last
/// item {"type": "..."}         any other item, added and done
/// event {"type": "..."}        one event as it stands
/// raw "data: {oops\n\n"        text as it stands
/// malformed                    an event whose data is not JSON
/// comment "still there"        a comment; {"text": ..., "times": 8, "everyMs": 100} sends several
/// bytewise                     from here on every byte is sent on its own
/// gate "name"                  waits until the test releases the name
/// usage {"input": 10, "cached": 0, "cacheWrite": 0, "output": 5, "reasoning": 0}
///
/// http {"status": 429, "headers": {"retry-after": "1"}, "body": {...} or "text"}
/// failed {"code": "...", "message": "..."}           response.failed, and the end
/// incomplete "max_output_tokens"                     response.incomplete, and the end
/// end                          ends the body in order, without response.completed
/// cut                          closes the connection in the middle
/// hang                         says nothing more until the client goes away
/// ```
///
/// The status line and `response.created` go out with the first step that sends something, so a
/// `gate`, `hang` or `cut` in front holds back, or spares, even those. A response that nothing has
/// ended ends with `response.completed`.
///
/// A request for a chat completion is answered by one, see [ChatPlayer].
public final class ModelScript {
  private static final Set<String> WORDS =
      Set.of(
          "message",
          "reasoning",
          "call",
          "item",
          "event",
          "raw",
          "malformed",
          "comment",
          "bytewise",
          "gate",
          "usage",
          "http",
          "failed",
          "incomplete",
          "end",
          "cut",
          "hang");

  private ModelScript() {}

  /// One line of a response.
  record Step(String word, JsonElement argument) {}

  /// One answer.
  ///
  /// @param when what the request's body must contain; null when any will do
  record Response(@Nullable String when, List<Step> steps) {
    boolean answers(String requestBody) {
      return when == null || requestBody.contains(when);
    }
  }

  static List<Response> parse(String text) {
    List<Response> responses = new ArrayList<>();
    text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .forEach(line -> addLine(line, responses));
    return responses;
  }

  private static void addLine(String line, List<Response> responses) {
    int space = line.indexOf(' ');
    String word = space < 0 ? line : line.substring(0, space);
    JsonElement argument =
        space < 0 ? JsonNull.INSTANCE : JsonParser.parseString(line.substring(space + 1));
    if (word.equals("response")) {
      String when = argument.isJsonNull() ? null : argument.getAsString();
      responses.add(new Response(when, new ArrayList<>()));
    } else if (WORDS.contains(word) && !responses.isEmpty()) {
      responses.getLast().steps().add(new Step(word, argument));
    } else {
      throw new IllegalArgumentException("not a line of a model script: " + line);
    }
  }
}
