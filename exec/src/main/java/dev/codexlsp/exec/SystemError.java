package dev.codexlsp.exec;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a Linux system says when it refuses something. The numbers and the sentences are what the
/// original's exec-server tells its clients; where glibc has other words for it they are here too.
public enum SystemError {
  NOT_PERMITTED(1, "Operation not permitted"),
  NO_ENTRY(2, "No such file or directory"),
  INPUT_OUTPUT(5, "I/O error", "Input/output error"),
  ARGUMENTS_TOO_LONG(7, "Argument list too long"),
  BAD_DESCRIPTOR(9, "Bad file descriptor"),
  DENIED(13, "Permission denied"),
  BUSY(16, "Resource busy", "Device or resource busy"),
  EXISTS(17, "File exists"),
  OTHER_DEVICE(18, "Cross-device link", "Invalid cross-device link"),
  NO_DIRECTORY(20, "Not a directory"),
  A_DIRECTORY(21, "Is a directory"),
  INVALID(22, "Invalid argument"),
  TOO_MANY_OPEN(24, "No file descriptors available", "Too many open files"),
  TEXT_BUSY(26, "Text file busy"),
  TOO_LARGE(27, "File too large"),
  NO_SPACE(28, "No space left on device"),
  READ_ONLY(30, "Read-only file system"),
  NAME_TOO_LONG(36, "Filename too long", "File name too long"),
  NOT_EMPTY(39, "Directory not empty"),
  LINK_LOOP(40, "Symbolic link loop", "Too many levels of symbolic links"),
  OVER_QUOTA(122, "Quota exceeded", "Disk quota exceeded");

  private final int number;
  private final String sentence;
  private final String glibc;

  SystemError(int number, String sentence) {
    this(number, sentence, sentence);
  }

  SystemError(int number, String sentence, String glibc) {
    this.number = number;
    this.sentence = sentence;
    this.glibc = glibc;
  }

  /// The one that the system's library describes so, perhaps with more behind it; null for one that
  /// is not here.
  public static @Nullable SystemError described(String reason) {
    for (SystemError each : values()) {
      if (reason.startsWith(each.glibc) || reason.startsWith(each.sentence)) {
        return each;
      }
    }
    return null;
  }

  /// For a message of ours, which begins with it.
  public String words() {
    return glibc.toLowerCase(Locale.ROOT);
  }

  /// As the protocol has it.
  public String onTheWire() {
    return sentence + " (os error " + number + ")";
  }
}
