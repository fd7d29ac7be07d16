package dev.codexlsp.core.tool;

/// A file that cannot be shown to a model. The message says why, without naming the file.
public final class PictureException extends Exception {
  private static final long serialVersionUID = 1;

  PictureException(String message) {
    super(message);
  }
}
