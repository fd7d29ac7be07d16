package dev.codexlsp.server.client;

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
    String name = Methods.name(event);
    if (!profile.optOutNotificationMethods().contains(name)) {
      client.notify(Methods.LSP_PREFIX + name, event);
    }
  }
}
