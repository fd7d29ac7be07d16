package dev.codexlsp.core.patch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// One file's part of a diff in git's form.
final class GitSection {
  private static final int CONTEXT_LINES = 3;
  private static final String NO_BLOB = "0".repeat(40);

  private GitSection() {}

  /// @param before null for a new file
  /// @param after null for a deleted one
  static String of(
      String oldName, String newName, @Nullable String before, @Nullable String after) {
    StringBuilder section = new StringBuilder();
    section.append("diff --git a/%s b/%s\n".formatted(oldName, newName));
    if (before == null) {
      section.append("new file mode 100644\n");
    } else if (after == null) {
      section.append("deleted file mode 100644\n");
    }
    section.append("index %s..%s\n".formatted(blob(before), blob(after)));
    String hunks =
        UnifiedDiff.between(
            before == null ? "" : before, after == null ? "" : after, CONTEXT_LINES);
    if (!hunks.isEmpty()) {
      section.append(before == null ? "--- /dev/null\n" : "--- a/" + oldName + "\n");
      section.append(after == null ? "+++ /dev/null\n" : "+++ b/" + newName + "\n");
      section.append(hunks);
    }
    return section.toString();
  }

  /// The name that git has for this content.
  private static String blob(@Nullable String content) {
    if (content == null) {
      return NO_BLOB;
    }
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(("blob " + bytes.length + "\0").getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(sha1.digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
