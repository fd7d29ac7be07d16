package dev.codexlsp.exec.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.protocol.LineChannel;
import dev.codexlsp.exec.protocol.MessageTooLongException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StdioChannelTest {
  private final CountDownLatch end = new CountDownLatch(1);

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static <T> FutureTask<T> begun(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = Thread.ofVirtual().start(task);
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return task;
  }

  /// As a pipe of another process: whoever waits here is woken by nothing.
  private final class Stuck extends OutputStream {
    @Override
    public void write(int b) {
      boolean released = false;
      while (!released) {
        try {
          end.await();
          released = true;
        } catch (InterruptedException deaf) {
          // As a system call is.
        }
      }
    }

    InputStream in() {
      return new InputStream() {
        @Override
        public int read() {
          Stuck.this.write(0);
          return -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
          return read();
        }
      };
    }
  }

  @Test
  void takesLinesToTheirEnd() throws Exception {
    PipedOutputStream client = new PipedOutputStream();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CountDownLatch flushed = new CountDownLatch(2);
    OutputStream counting =
        new OutputStream() {
          @Override
          public void write(int b) {
            out.write(b);
          }

          @Override
          public void flush() {
            flushed.countDown();
          }
        };
    StdioChannel channel = new StdioChannel(new PipedInputStream(client), counting);
    client.write("one\n\ntwo\n".getBytes(StandardCharsets.UTF_8));
    client.close();
    assertThat(channel.receive()).isEqualTo(utf8("one"));
    assertThat(channel.receive()).isEqualTo(utf8("two"));
    assertThat(channel.receive()).isNull();
    assertThat(channel.receive()).isNull();
    channel.send(utf8("three"));
    channel.send(utf8("four"));
    assertThat(flushed.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(out).hasToString("three\nfour\n");
    channel.close();
    assertThatThrownBy(() -> channel.send(utf8("five"))).hasMessage("the connection is closed");
  }

  @Test
  void closeWakesEverybodyThoughNothingWakesTheStreams() throws Exception {
    Stuck stuck = new Stuck();
    StdioChannel channel = new StdioChannel(stuck.in(), stuck);
    FutureTask<?> receiver = begun(channel::receive);
    channel.send(utf8("stuck"));
    channel.send(ByteBuffer.allocate(StdioChannel.UNSENT_LIMIT - 5));
    FutureTask<?> sender =
        begun(() -> {
          channel.send(utf8("too much"));
          return true;
        });
    assertThat(sender.isDone()).isFalse();
    channel.close();
    channel.close();
    assertThat(receiver.get(20, TimeUnit.SECONDS)).isNull();
    assertThatThrownBy(() -> sender.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("the connection is closed");
    end.countDown();
  }

  @Test
  void aBrokenOutputEndsTheInput() throws Exception {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    StdioChannel channel = new StdioChannel(new Stuck().in(), broken);
    FutureTask<?> receiver = begun(channel::receive);
    channel.send(utf8("lost"));
    assertThatThrownBy(() -> receiver.get(20, TimeUnit.SECONDS))
        .hasMessage("java.io.IOException: Broken pipe");
    assertThatThrownBy(() -> channel.send(utf8("more"))).hasMessage("Broken pipe");
    end.countDown();
  }

  @Test
  void aLongLineIsSkipped() throws Exception {
    PipedOutputStream client = new PipedOutputStream();
    StdioChannel channel =
        new StdioChannel(new PipedInputStream(client, 1 << 20), OutputStream.nullOutputStream());
    Thread.ofPlatform().daemon().start(() -> sayTooMuch(client));
    assertThatThrownBy(channel::receive).isInstanceOf(MessageTooLongException.class);
    assertThat(channel.receive()).isEqualTo(utf8("next"));
  }

  private static void sayTooMuch(OutputStream client) {
    try (client) {
      client.write(new byte[LineChannel.LINE_LIMIT + 1]);
      client.write("\nnext\n".getBytes(StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }
}
