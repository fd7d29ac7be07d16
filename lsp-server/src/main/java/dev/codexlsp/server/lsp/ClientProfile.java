package dev.codexlsp.server.lsp;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a client has said about itself in `initialize`.
///
/// @param name its `clientInfo.name`
/// @param version its `clientInfo.version`; empty when it gave none
/// @param title how it wants to be called in front of people
/// @param processId the process whose end is ours; null when it named none
/// @param workspaceFolders those that are folders of this machine, in the client's order
/// @param workDoneProgress whether it shows progress
/// @param approvals whether it answers our approval requests
/// @param experimentalApi whether it wants what may still change
/// @param optOutNotificationMethods bare names of notifications it does not want
public record ClientProfile(
    String name,
    String version,
    @Nullable String title,
    @Nullable Long processId,
    List<Path> workspaceFolders,
    boolean workDoneProgress,
    boolean approvals,
    boolean experimentalApi,
    Set<String> optOutNotificationMethods) {
  public ClientProfile {
    workspaceFolders = List.copyOf(workspaceFolders);
    optOutNotificationMethods = Set.copyOf(optOutNotificationMethods);
  }
}
