package dev.codexlsp.exec.protocol;

import dev.codexlsp.exec.FileSystem.OpenMode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Opens a file to read or replace it piece by piece.
///
/// @param handleId chosen by the client
/// @param mode reading unless given
public record FsOpen(
    String handleId, Path path, @Nullable OpenMode mode, @Nullable Payload sandbox) {

  public record Result(String handleId) {}
}
