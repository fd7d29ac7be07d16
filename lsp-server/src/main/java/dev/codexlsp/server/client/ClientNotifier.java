package dev.codexlsp.server.client;

import dev.codexlsp.core.session.SettingsUpdated;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.ThreadListener;
import dev.codexlsp.server.lsp.ClientProfile;
import dev.codexlsp.server.protocol.Methods;
import dev.codexlsp.server.rpc.ClientEndpoint;

/// Tells a client that speaks our methods what happens, event by event.
final class ClientNotifier implements ThreadListener {
  private final ClientEndpoint client;
  private final ClientProfile profile;

  ClientNotifier(ClientEndpoint client, ClientProfile profile) {
    this.client = client;
    this.profile = profile;
  }

  @Override
  public void onEvent(ThreadEvent event) {
    notify(Methods.name(event), event);
  }

  void tell(SettingsUpdated settings) {
    notify(Methods.THREAD_SETTINGS_UPDATED.name(), settings);
  }

  private void notify(String name, Object params) {
    if (!profile.optOutNotificationMethods().contains(name)) {
      client.notify(Methods.LSP_PREFIX + name, params);
    }
  }
}
