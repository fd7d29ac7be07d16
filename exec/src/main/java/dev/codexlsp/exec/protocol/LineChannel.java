package dev.codexlsp.exec.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Messages as lines, on a pair of byte streams: standard input and output, at either end.
///
/// Blank lines mean nothing, a line may end with CR LF, and a last line without an end counts.
public final class LineChannel implements ExecChannel {
  /// As long as the longest message that a WebSocket may carry here.
  public static final int LINE_LIMIT = 64 * 1024 * 1024;

  private static final int BUFFER_BYTES = 64 * 1024;

  private final InputStream in;
  private final OutputStream out;

  /// Guards `out` and `line`; fair, so that one busy process does not hold the answers back.
  private final ReentrantLock writing = new ReentrantLock(true);

  /// A line is made here, so that it leaves in one write.
  private final byte[] line = new byte[2 * BUFFER_BYTES];

  // Confined to the thread that receives: bytes that were read and not yet given out.
  private byte[] bytes = new byte[BUFFER_BYTES];
  private int start;
  private int end;

  /// A channel on streams that it owns from now on.
  ///
  /// @param out written to in whole lines, and flushed after each
  public LineChannel(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public void send(ByteBuffer message) throws IOException, InterruptedException {
    writing.lockInterruptibly();
    try {
      int length = message.remaining();
      if (length < line.length) {
        message.get(line, 0, length);
        line[length] = '\n';
        out.write(line, 0, length + 1);
      } else {
        out.write(message.array(), message.arrayOffset() + message.position(), length);
        out.write('\n');
      }
      out.flush();
    } finally {
      writing.unlock();
    }
  }

  @Override
  public @Nullable ByteBuffer receive() throws IOException {
    @Nullable ByteBuffer line = line();
    while (line != null && isBlank(line)) {
      line = line();
    }
    return line;
  }

  private @Nullable ByteBuffer line() throws IOException {
    int searched = start;
    boolean tooLong = false;
    while (true) {
      for (; searched < end; searched++) {
        if (bytes[searched] == '\n') {
          tooLong |= searched - start > LINE_LIMIT;
          ByteBuffer line = tooLong ? ByteBuffer.allocate(0) : take(searched);
          start = searched + 1;
          return given(line, tooLong);
        }
      }
      if (end - start > LINE_LIMIT) {
        tooLong = true;
        start = end;
      }
      searched -= makeRoom();
      int count = in.read(bytes, end, bytes.length - end);
      if (count < 0) {
        @Nullable ByteBuffer line = start == end ? null : take(end);
        start = end;
        return given(line, tooLong);
      }
      end += count;
    }
  }

  private static @Nullable ByteBuffer given(@Nullable ByteBuffer line, boolean tooLong)
      throws MessageTooLongException {
    if (tooLong) {
      throw new MessageTooLongException(LINE_LIMIT);
    }
    return line;
  }

  private ByteBuffer take(int lineEnd) {
    byte[] line = new byte[lineEnd - start];
    System.arraycopy(bytes, start, line, 0, line.length);
    return ByteBuffer.wrap(line);
  }

  /// Moves what is left to the front, or makes the array larger when that would win nothing.
  ///
  /// @return how far it was moved
  private int makeRoom() {
    if (end < bytes.length) {
      return 0;
    }
    int moved = start;
    int left = end - start;
    byte[] to = left > bytes.length / 2 ? new byte[bytes.length * 2] : bytes;
    if (left == 0 && bytes.length > BUFFER_BYTES) {
      to = new byte[BUFFER_BYTES];
    }
    System.arraycopy(bytes, start, to, 0, left);
    bytes = to;
    start = 0;
    end = left;
    return moved;
  }

  private static boolean isBlank(ByteBuffer line) {
    for (int i = line.position(); i < line.limit(); i++) {
      byte character = line.get(i);
      if (character != ' ' && character != '\t' && character != '\r') {
        return false;
      }
    }
    return true;
  }

  /// Closes both streams. It depends on them whether a thread that waits in one is woken: one that
  /// reads a pipe of another process is not.
  @Override
  public void close() {
    try (in) {
      out.close();
    } catch (IOException gone) {
      // Whoever closes does not wait for anything from here any more.
    }
  }
}
