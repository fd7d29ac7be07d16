package dev.codexlsp.core.tool;

import dev.codexlsp.core.config.EnvironmentPolicy;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.exec.Inheritance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The environment a command gets: that of the place where it runs, without anything that is or
/// looks like a credential, and set up for a program that nobody watches. Pure.
///
/// @param callId the tool call that the command is for; null for none
public record ChildEnvironment(
    Rules rules, ThreadId thread, @Nullable String callId, String version) {
  /// What says something about an agent's own process, and is wrong about anybody else's.
  private static final List<String> NOT_PASSED_ON =
      List.of(
          "CODEX_PERMISSION_PROFILE",
          "CODEX_VERSION",
          "CODEX_APPLY_PATCH_PRESERVE_LINE_ENDINGS",
          "CODEX_PLUGIN_METRICS_OUTPUT");

  /// The variables that programs expect everywhere.
  private static final Set<String> CORE =
      Set.of("HOME", "LOGNAME", "PATH", "SHELL", "USER", "USERNAME", "TMPDIR", "TEMP", "TMP");

  /// What must not pass, and what may.
  ///
  /// @param credentialNames variables that hold our own credentials; they never pass, whatever the
  ///   user configures
  /// @param policy the user's wishes for all others
  public record Rules(Set<String> credentialNames, EnvironmentPolicy policy) {
    public Rules {
      credentialNames = Set.copyOf(credentialNames);
    }
  }

  /// The environment of a command that this tool call starts.
  ChildEnvironment of(String toolCallId) {
    return new ChildEnvironment(rules, thread, toolCallId, version);
  }

  /// The whole environment of a command on this machine.
  ///
  /// @param own the environment of this process
  Map<String, String> over(Map<String, String> own) {
    EnvironmentPolicy policy = rules.policy();
    Map<String, String> child = new HashMap<>(own);
    switch (policy.inherit()) {
      case ALL -> {}
      case CORE -> child.keySet().retainAll(CORE);
      case NONE -> child.clear();
    }
    if (!policy.ignoresDefaultExcludes()) {
      child.keySet().removeIf(ChildEnvironment::looksLikeCredential);
    }
    child.keySet().removeIf(name -> NamePattern.anyMatches(policy.exclude(), name));
    child.putAll(policy.set());
    if (!policy.includeOnly().isEmpty()) {
      child.keySet().removeIf(name -> !NamePattern.anyMatches(policy.includeOnly(), name));
    }
    // Whatever else is wished for.
    child.keySet().removeAll(rules.credentialNames());
    child.putAll(added());
    return child;
  }

  /// What every command gets, wherever it runs.
  Map<String, String> added() {
    Map<String, String> added = new HashMap<>();
    added.put("CODEX_CI", "1");
    added.put("CODEX_SESSION_ID", thread.value());
    added.put("CODEX_THREAD_ID", thread.value());
    if (callId != null) {
      added.put("CODEX_TOOL_CALL_ID", callId);
    }
    added.put("CODEX_VERSION", version);
    added.put("COLORTERM", "");
    added.put("GH_PAGER", "cat");
    added.put("GIT_PAGER", "cat");
    added.put("LANG", "C.UTF-8");
    added.put("NO_COLOR", "1");
    added.put("PAGER", "cat");
    added.put("TERM", "dumb");
    return added;
  }

  /// What a command in another place gets of the environment there, besides. Nothing of ours goes
  /// there, but a variable of the same name may hold a credential there, too.
  Inheritance inheritance() {
    EnvironmentPolicy policy = rules.policy();
    List<String> exclude = new ArrayList<>(NOT_PASSED_ON);
    rules.credentialNames().stream().sorted().forEach(exclude::add);
    exclude.addAll(policy.exclude());
    Map<String, String> set = new HashMap<>(policy.set());
    set.keySet().removeAll(rules.credentialNames());
    return new Inheritance(
        switch (policy.inherit()) {
          case ALL -> Inheritance.From.ALL;
          case CORE -> Inheritance.From.CORE;
          case NONE -> Inheritance.From.NONE;
        },
        policy.ignoresDefaultExcludes(),
        exclude,
        set,
        policy.includeOnly());
  }

  private static boolean looksLikeCredential(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.contains("KEY") || upper.contains("SECRET") || upper.contains("TOKEN");
  }
}
