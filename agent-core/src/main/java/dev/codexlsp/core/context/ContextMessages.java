package dev.codexlsp.core.context;

import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// The messages that tell a model where it works and what it may do. They enter the history once,
/// and again only when their text has changed.
///
/// @param permissions sent in the role `developer`
/// @param environment sent in the role `user`
public record ContextMessages(String permissions, String environment) {

  /// What the two texts are made from.
  ///
  /// @param shell the base name of the user's shell; null when it is not known
  public record Facts(
      Path cwd,
      @Nullable String shell,
      LocalDate date,
      ZoneId zone,
      ApprovalPolicy approvalPolicy,
      SandboxPolicy sandbox) {}

  public static ContextMessages of(Facts facts) {
    return new ContextMessages(permissions(facts), environment(facts));
  }

  private static String permissions(Facts facts) {
    String asking =
        switch (facts.approvalPolicy()) {
          case ApprovalPolicy.Untrusted() ->
              "The user is asked before every command that no rule allows. A declined command stays"
                  + " declined.";
          case ApprovalPolicy.OnRequest(), ApprovalPolicy.Granular _ ->
              "Commands run in a sandbox without asking. When a command needs more than the sandbox"
                  + " allows, call it with sandbox_permissions set to require_escalated and a"
                  + " justification; the user then decides. A declined command stays declined.";
          case ApprovalPolicy.Never() ->
              "The user is never asked. What would need a question is refused; do not ask for it"
                  + " again.";
        };
    String reach =
        switch (facts.sandbox()) {
          case SandboxPolicy.DangerFullAccess() ->
              "Commands run without a sandbox, with the user's own rights, network included.";
          case SandboxPolicy.ExternalSandbox _ ->
              "Commands run without a sandbox of their own, as this machine is one: what it lets"
                  + " them do they may do, network included.";
          case SandboxPolicy.ReadOnly(boolean network) ->
              "The user wants files to be read only" + network(network);
          case SandboxPolicy.WorkspaceWrite workspace ->
              "The user wants writing to stay inside the workspace"
                  + network(workspace.networkAccess());
        };
    return "<permissions instructions>\n" + asking + "\n" + reach + "\n</permissions instructions>";
  }

  private static String network(boolean allowed) {
    return allowed ? "; the network may be used." : ", and the network not to be used.";
  }

  private static String environment(Facts facts) {
    return """
    <environment_context>
      <cwd>%s</cwd>
    %s  <current_date>%s</current_date>
      <timezone>%s</timezone>
    </environment_context>\
    """
        .formatted(
            escape(facts.cwd().toString()), shell(facts.shell()), facts.date(), facts.zone());
  }

  private static String shell(@Nullable String name) {
    return name == null ? "" : "  <shell>" + escape(name) + "</shell>\n";
  }

  /// A folder may be named so that its name looks like markup; the model must not read it as such.
  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\n", "&#10;");
  }
}
