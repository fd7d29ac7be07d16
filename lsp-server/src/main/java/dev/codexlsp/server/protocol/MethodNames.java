package dev.codexlsp.server.protocol;

import java.util.List;

/// What clients may ask, as the `initialize` answer tells it. [Methods] has the same names, but it
/// loads every record of the protocol, and an editor waits; a test compares the two.
public final class MethodNames {
  private MethodNames() {}

  public static final List<String> CLIENT_REQUESTS =
      List.of(
          "account/login/cancel",
          "account/login/start",
          "account/logout",
          "account/read",
          "collaborationMode/list",
          "config/batchWrite",
          "config/read",
          "config/value/write",
          "model/list",
          "modelProvider/list",
          "review/start",
          "skills/config/write",
          "skills/extraRoots/set",
          "skills/list",
          "thread/backgroundTerminals/clean",
          "thread/backgroundTerminals/list",
          "thread/backgroundTerminals/terminate",
          "thread/compact/start",
          "thread/settings/update",
          "thread/start",
          "turn/interrupt",
          "turn/start",
          "turn/steer");
}
