package dev.codexlsp.exec.protocol;

import org.jspecify.annotations.Nullable;

/// The first request of a connection.
///
/// @param resumeSessionId the session to go on with; null for a new one
public record Initialize(String clientName, @Nullable String resumeSessionId) {

  /// The session that the connection is attached to.
  ///
  /// @param environmentInfo absent from older servers; they are asked for it then
  public record Result(String sessionId, EnvironmentInfo.@Nullable Result environmentInfo) {}
}
