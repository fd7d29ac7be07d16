package dev.codexlsp.exec.protocol;

import org.jspecify.annotations.Nullable;

/// What travels in one frame or in one line.
public sealed interface ExecMessage {

  record Request(RequestId id, String method, Payload params, @Nullable Trace trace)
      implements ExecMessage {}

  record Notification(String method, Payload params) implements ExecMessage {}

  record Answer(RequestId id, Payload result) implements ExecMessage {}

  record Failure(RequestId id, ExecError error) implements ExecMessage {}

  /// Something arrived that is none of the others. It is only ever received.
  ///
  /// @param problem what is wrong with it, for the one who sent it
  record Malformed(String problem) implements ExecMessage {}
}
