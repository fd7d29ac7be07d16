package dev.codexlsp.exec.protocol;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Writes a file whole.
///
/// @param dataBase64 as it came: what is wrong with it is answered by another code than what is
///   wrong with the params
public record FsWriteFile(Path path, String dataBase64, @Nullable Payload sandbox) {

  public FsWriteFile(Path path, ByteBuffer data, @Nullable Payload sandbox) {
    this(path, Base64Text.encode(data), sandbox);
  }

  /// The bytes to write.
  ///
  /// @throws IllegalArgumentException when it is no base64
  public ByteBuffer data() {
    return Base64Text.decode(dataBase64);
  }
}
