package dev.codexlsp.core.context;

import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What a model may do, and whom it has to ask: the message `<permissions instructions>`.
///
/// @param allowed what commands may begin with that a rule of the user allows
public record PermissionText(
    Path cwd,
    ApprovalPolicy policy,
    SandboxPolicy sandbox,
    boolean requestsPermissions,
    List<List<String>> allowed) {
  /// A prompt is sent with every request, so a long list is cut.
  private static final int MAX_PREFIXES = 100;

  private static final int MAX_PREFIX_LENGTH = 200;

  private static final String ESCALATING =
      """
      Commands run in the sandbox without a question. To run one outside of it, call it with \
      sandbox_permissions "require_escalated" and put a short question for the user into \
      justification; the user decides. Do not ask in a message first.
      Do so when a command needs what the sandbox refuses (writing elsewhere, the network, a window), \
      when an important one has just failed because of that, and before you destroy anything that \
      the user has not told you to. Work that stays inside needs no question.
      prefix_rule may offer the words with which like commands begin, so that the user can allow them \
      for good: ["npm", "run", "dev"] or ["cargo", "test"]. Never one that allows anything, such \
      as a shell, an interpreter, sudo, rm or git alone; none for destructive commands and none for \
      a command with a here-document.
      A command line is judged by its parts (split at |, &&, ||, ; and subshells); redirections, \
      substitutions, variables and wildcards keep rules from applying.
      A declined command stays declined; do not try the same in another way.\
      """;

  public PermissionText {
    allowed = List.copyOf(allowed);
  }

  public String render() {
    List<String> paragraphs = new ArrayList<>();
    paragraphs.add(reach());
    paragraphs.add(asking());
    if (requestsPermissions) {
      paragraphs.add(
          "request_permissions asks for wider permissions for the rest of the turn or session.");
    }
    if (!allowed.isEmpty() && !(policy instanceof ApprovalPolicy.Never)) {
      paragraphs.add(allowedPrefixes());
    }
    return "<permissions instructions>\n"
        + String.join("\n", paragraphs)
        + "\n</permissions instructions>";
  }

  private String reach() {
    return switch (sandbox) {
      case SandboxPolicy.DangerFullAccess() ->
          "sandbox_mode is danger-full-access: commands run without a sandbox, with the user's own"
              + " rights, network included.";
      case SandboxPolicy.ExternalSandbox _ ->
          "Commands run without a sandbox of their own, as this machine is one: what it lets them"
              + " do they may do, network included.";
      case SandboxPolicy.ReadOnly(boolean network) ->
          "sandbox_mode is read-only: files can be read and nothing can be written. "
              + network(network);
      case SandboxPolicy.WorkspaceWrite write ->
          "sandbox_mode is workspace-write: files can be read, and written below the writable"
              + " roots. "
              + network(write.networkAccess())
              + "\nWritable roots: "
              + roots(write)
              + ". Their .git, .codex, .agents and .aws stay as they are.";
    };
  }

  private static String network(boolean allowed) {
    return allowed ? "The network may be used." : "There is no network.";
  }

  private String roots(SandboxPolicy.WorkspaceWrite write) {
    List<String> roots = new ArrayList<>();
    roots.add(cwd.toString());
    write.writableRoots().forEach(root -> roots.add(root.toString()));
    if (!write.excludeSlashTmp()) {
      roots.add("/tmp");
    }
    if (!write.excludeTmpdirEnvVar()) {
      roots.add("$TMPDIR");
    }
    return roots.stream()
        .map(root -> "`" + Markup.escape(root) + "`")
        .collect(Collectors.joining(", "));
  }

  private String asking() {
    return switch (policy) {
      case ApprovalPolicy.Untrusted() ->
          "approval_policy is untrusted: the user is asked before every command that no rule"
              + " allows. A declined command stays declined.";
      case ApprovalPolicy.OnRequest() -> "approval_policy is on-request. " + ESCALATING;
      case ApprovalPolicy.Never() ->
          "approval_policy is never: the user is not asked. Do not pass sandbox_permissions; what"
              + " would need a question is refused.";
      case ApprovalPolicy.Granular granular -> granular(granular);
    };
  }

  private static String granular(ApprovalPolicy.Granular granular) {
    List<String> asked = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    (granular.sandboxApproval() ? asked : refused).add("sandbox_approval");
    (granular.rules() ? asked : refused).add("rules");
    (granular.skillApproval() ? asked : refused).add("skill_approval");
    (granular.requestPermissions() ? asked : refused).add("request_permissions");
    (granular.mcpElicitations() ? asked : refused).add("mcp_elicitations");
    String text =
        "approval_policy is granular. The user may be asked about: "
            + orNothing(asked)
            + ". Refused without a question: "
            + orNothing(refused)
            + ".";
    return granular.sandboxApproval() ? text + "\n" + ESCALATING : text;
  }

  private static String orNothing(List<String> words) {
    return words.isEmpty() ? "nothing" : String.join(", ", words);
  }

  private String allowedPrefixes() {
    String shown =
        allowed.stream()
            .limit(MAX_PREFIXES)
            .map(words -> "- " + shortened(String.join(" ", words)))
            .collect(Collectors.joining("\n"));
    int more = allowed.size() - MAX_PREFIXES;
    return "Rules of the user allow commands that begin with:\n"
        + shown
        + (more > 0 ? "\n- and " + more + " more" : "");
  }

  private static String shortened(String text) {
    String line = Markup.escape(text);
    return line.length() <= MAX_PREFIX_LENGTH ? line : line.substring(0, MAX_PREFIX_LENGTH) + "…";
  }
}
