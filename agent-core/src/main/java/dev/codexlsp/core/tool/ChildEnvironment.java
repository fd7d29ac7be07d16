package dev.codexlsp.core.tool;

import dev.codexlsp.core.thread.ThreadId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The environment a command gets: ours, without anything that is or looks like a credential, and
/// set up for a program that nobody watches. Pure.
public final class ChildEnvironment {
  private ChildEnvironment() {}

  /// What must not pass, and what may.
  ///
  /// @param credentialNames variables that hold our own credentials; they never pass, whatever the
  ///   user configures
  /// @param keepSecretLike the user's wish to let variables pass whose names only look like a
  ///   credential's
  public record Rules(Set<String> credentialNames, boolean keepSecretLike) {
    public Rules {
      credentialNames = Set.copyOf(credentialNames);
    }
  }

  public static Map<String, String> from(
      Map<String, String> own, Rules rules, ThreadId thread, String version) {
    Map<String, String> child = new HashMap<>(own);
    child.keySet().removeAll(rules.credentialNames());
    if (!rules.keepSecretLike()) {
      child.keySet().removeIf(ChildEnvironment::looksLikeCredential);
    }
    child.put("CODEX_CI", "1");
    child.put("CODEX_SESSION_ID", thread.value());
    child.put("CODEX_THREAD_ID", thread.value());
    child.put("CODEX_VERSION", version);
    child.put("COLORTERM", "");
    child.put("GH_PAGER", "cat");
    child.put("GIT_PAGER", "cat");
    child.put("LANG", "C.UTF-8");
    child.put("NO_COLOR", "1");
    child.put("PAGER", "cat");
    child.put("TERM", "dumb");
    return child;
  }

  private static boolean looksLikeCredential(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.contains("KEY") || upper.contains("SECRET") || upper.contains("TOKEN");
  }
}
