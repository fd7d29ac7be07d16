package dev.codexlsp.exec.local;

import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.FileException.Kind;
import dev.codexlsp.exec.FileSystem.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// A file of this machine that is read or written in blocks. An interrupt while it is used closes
/// it, as the JDK does it with every channel.
final class LocalOpenFile implements OpenFile {
  private final Path path;
  private final FileChannel channel;

  /// @param path for messages
  LocalOpenFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  @Override
  public ByteBuffer read(long offset, int length) throws FileException, InterruptedException {
    checkBlock("read", offset, length);
    return FileStep.on(path, () -> FileBytes.read(channel, offset, length));
  }

  @Override
  public void write(long offset, ByteBuffer bytes) throws FileException, InterruptedException {
    checkBlock("write", offset, bytes.remaining());
    FileStep.on(path, () -> FileBytes.write(channel, offset, bytes.duplicate()));
  }

  private static void checkBlock(String verb, long offset, int length) throws FileException {
    if (length < 1 || length > BLOCK_LIMIT) {
      String rule = " block length must be between 1 and " + BLOCK_LIMIT;
      throw new FileException(Kind.MISUSED, "file " + verb + rule);
    }
    if (offset < 0 || offset > Long.MAX_VALUE - length) {
      throw new FileException(Kind.MISUSED, "file offset is out of range: " + offset);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // Every byte has been given to the system by the write that took it, and nobody is left who
      // could be told of a disk that fails later.
    }
  }
}
