package dev.codexlsp.core.approval;

import java.nio.file.Path;

/// A file that may be changed.
///
/// @param path its real path, in that environment
public record FileKey(String environment, Path path) implements SessionKey {}
