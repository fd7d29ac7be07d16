package dev.codexlsp.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.jsonrpc.JsonRpcException;
import org.eclipse.lsp4j.jsonrpc.messages.NotificationMessage;
import org.junit.jupiter.api.Test;

class FrameWriterTest {
  private final MessageCodec codec = new MessageCodec((value, out) -> out.value(value.toString()));

  private static NotificationMessage notification(String method) {
    NotificationMessage notification = new NotificationMessage();
    notification.setMethod(method);
    return notification;
  }

  @Test
  void writesHeaderAndBodyAtOnce() {
    List<String> writes = new ArrayList<>();
    OutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void write(byte[] bytes) {
            writes.add(new String(bytes, StandardCharsets.UTF_8));
          }
        };
    new FrameWriter(out, codec).consume(notification("gr\u00fc\u00df"));
    assertThat(writes)
        .containsExactly(
            "Content-Length: 35\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\"gr\u00fc\u00df\"}");
  }

  @Test
  void framesOfManyThreadsDoNotMix() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FrameWriter writer = new FrameWriter(out, codec);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      String method = "m".repeat(100 * t + 1);
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                for (int i = 0; i < 500; i++) {
                  writer.consume(notification(method));
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    List<Object> read = new ArrayList<>();
    new FrameReader(new ByteArrayInputStream(out.toByteArray()), 10_000, codec, read::add)
        .listen(message -> read.add(((NotificationMessage) message).getMethod().length()));
    assertThat(read).hasSize(4000).containsOnly(1, 101, 201, 301, 401, 501, 601, 701);
  }

  @Test
  void aBrokenStreamIsClosedAndNeverWrittenAgain() throws Exception {
    OutputStream out = mock(OutputStream.class);
    doThrow(new IOException("Broken pipe")).when(out).write(any(byte[].class));
    FrameWriter writer = new FrameWriter(out, codec);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> writer.consume(notification("lost")))
          .isInstanceOf(JsonRpcException.class);
    }
    verify(out, times(1)).write(any(byte[].class));
    verify(out, times(1)).close();
  }
}
