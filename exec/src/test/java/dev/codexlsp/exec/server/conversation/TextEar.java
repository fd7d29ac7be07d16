package dev.codexlsp.exec.server.conversation;

import java.net.http.WebSocket;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Hears what comes through a WebSocket of the JDK: whole messages, and [ClientEnd#CLOSED] after
/// the last one.
public class TextEar implements WebSocket.Listener {
  private final Queue<String> heard;
  private final StringBuilder text = new StringBuilder();

  /// @param heard where it is put, by a thread of the JDK
  public TextEar(Queue<String> heard) {
    this.heard = heard;
  }

  @Override
  public void onOpen(WebSocket opened) {
    opened.request(Long.MAX_VALUE);
  }

  @Override
  public final @Nullable CompletionStage<?> onText(
      WebSocket from, CharSequence piece, boolean last) {
    text.append(piece);
    if (last) {
      heard.add(text.toString());
      text.setLength(0);
    }
    return null;
  }

  @Override
  public final @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    heard.add(ClientEnd.CLOSED);
    return null;
  }

  @Override
  public final void onError(WebSocket from, Throwable failure) {
    heard.add(ClientEnd.CLOSED);
  }
}
