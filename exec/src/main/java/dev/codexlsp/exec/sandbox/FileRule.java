package dev.codexlsp.exec.sandbox;

/// What may be done below a path.
///
/// @param skipIfMissing whether it is fine when the path is not there; a rule that protects then
///   keeps it from being made all the same
public record FileRule(PathPattern path, Access access, boolean skipIfMissing) {

  /// Of two rules for the same path the later one in this order holds.
  public enum Access {
    READ,

    /// Read as well.
    WRITE,

    /// Neither read nor written.
    NONE
  }

  public FileRule(PathPattern path, Access access) {
    this(path, access, false);
  }
}
