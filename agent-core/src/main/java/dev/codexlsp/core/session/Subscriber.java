package dev.codexlsp.core.session;

import dev.codexlsp.core.approval.Approver;
import dev.codexlsp.core.thread.ThreadListener;

/// A client that follows a thread and can be asked. Its methods are called on the owners of the
/// threads it follows.
public interface Subscriber extends ThreadListener, Approver {

  void onSettings(SettingsUpdated settings);
}
