package dev.codexlsp.exec.json;

import com.google.gson.stream.JsonReader;

/// JSON that is not what a record takes. The message says what is wrong and where.
public final class WireException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// As in JSONPath without the leading `$`: `.input[0].type`; empty for the whole value.
  private final String path;

  private final String problem;

  public WireException(String path, String problem) {
    super(path.isEmpty() ? problem : problem + " in `" + path.replaceFirst("^\\.", "") + "`");
    this.path = path;
    this.problem = problem;
  }

  /// The value that the reader stands at is not what it should be.
  public static WireException at(JsonReader in, String problem) {
    return new WireException(path(in), problem);
  }

  /// Where a reader stands.
  public static String path(JsonReader in) {
    return in.getPath().substring(1);
  }

  /// The same problem, seen from outside the object that stands at the path.
  public WireException within(String outerPath) {
    return new WireException(outerPath + path, problem);
  }
}
