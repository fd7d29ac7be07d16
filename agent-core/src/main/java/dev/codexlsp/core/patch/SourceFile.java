package dev.codexlsp.core.patch;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// What stands at a path before the patch.
public sealed interface SourceFile {
  /// No longer file is patched: it is held as lines, before and after.
  int LIMIT_BYTES = 64 * 1024 * 1024;

  record Text(String content) implements SourceFile {}

  /// A file that can be replaced but not be patched.
  ///
  /// @param reason why it has no lines
  record Opaque(String reason) implements SourceFile {}

  record Missing() implements SourceFile {}

  /// Nothing that a patch can touch: a folder, a file that nobody may read.
  record Unreadable(String reason) implements SourceFile {}

  /// A file by what is in it.
  static SourceFile of(ByteBuffer bytes) {
    if (bytes.remaining() > LIMIT_BYTES) {
      return new Opaque("larger than " + LIMIT_BYTES + " bytes");
    }
    try {
      // A fresh decoder reports what is malformed instead of replacing it.
      return new Text(StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString());
    } catch (CharacterCodingException e) {
      return new Opaque("not valid UTF-8");
    }
  }
}
