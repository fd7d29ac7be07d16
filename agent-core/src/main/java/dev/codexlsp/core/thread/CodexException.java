package dev.codexlsp.core.thread;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Something a caller asked for and we decline. It becomes an error answer with this message; it is
/// never a bug and never carries a stack trace to the client.
public final class CodexException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient @Nullable TurnError error;

  public CodexException(String message) {
    this(message, null);
  }

  private CodexException(String message, @Nullable TurnError error) {
    super(message);
    this.error = error;
  }

  /// Nobody can speak to a turn that is not the user's own.
  public static CodexException notSteerable(TurnKind kind) {
    String message = "cannot steer a " + kind.name().toLowerCase(Locale.ROOT) + " turn";
    return new CodexException(
        message, new TurnError(message, new CodexErrorInfo.ActiveTurnNotSteerable(kind), null));
  }

  /// The refusal in a form that clients can act on; null when there are only words.
  public @Nullable TurnError error() {
    return error;
  }

  public static CodexException threadNotFound(ThreadId id) {
    return new CodexException("thread not found: " + id);
  }
}
