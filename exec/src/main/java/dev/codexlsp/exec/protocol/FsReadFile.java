package dev.codexlsp.exec.protocol;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Reads a file whole.
public record FsReadFile(Path path, @Nullable Payload sandbox) {

  public record Result(ByteBuffer dataBase64) {}
}
