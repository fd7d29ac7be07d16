package dev.codexlsp.server.handler;

import com.google.gson.JsonElement;
import dev.codexlsp.core.Codex;
import dev.codexlsp.core.config.ConfigWarning;
import dev.codexlsp.server.lsp.ClientProfile;
import dev.codexlsp.server.lsp.ServerFacts;
import dev.codexlsp.server.protocol.Methods;
import dev.codexlsp.server.protocol.Row.ServerNotification;
import dev.codexlsp.server.rpc.ClientEndpoint;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The agent and the client of one connection, made when they are first needed: an editor that only
/// starts the server waits for neither. Confined to the reader thread.
public final class AgentSource {
  private final Supplier<Codex> codex;
  private final ServerFacts facts;
  private final ClientEndpoint client;
  private final Supplier<ClientProfile> profile;
  private final Consumer<ConfigWarning> warnings = this::warn;
  private @Nullable ClientSession session;

  /// @param profile refuses before `initialize`
  public AgentSource(
      Supplier<Codex> codex,
      ServerFacts facts,
      ClientEndpoint client,
      Supplier<ClientProfile> profile) {
    this.codex = codex;
    this.facts = facts;
    this.client = client;
    this.profile = profile;
  }

  /// The client must be there to hear what is wrong with the configuration.
  Codex codex() {
    session();
    return codex.get();
  }

  ClientSession session() {
    if (session == null) {
      session = ClientSession.of(profile.get(), facts, client, codex.get());
      if (!session.profile().optOutNotificationMethods().contains(Methods.CONFIG_WARNING.name())) {
        codex.get().configs().addListener(warnings);
      }
    }
    return session;
  }

  /// Tells the client of something that concerns no thread. Any thread may use it.
  interface Announcer {
    <P> void tell(ServerNotification<P> row, P params);
  }

  Announcer announcer() {
    return new Announcer() {
      private final Set<String> unwanted = profile.get().optOutNotificationMethods();

      @Override
      public <P> void tell(ServerNotification<P> row, P params) {
        if (!unwanted.contains(row.name())) {
          client.notify(Methods.LSP_PREFIX + row.name(), params);
        }
      }
    };
  }

  /// Any thread that reads the configuration.
  private void warn(ConfigWarning warning) {
    client.notify(Methods.LSP_PREFIX + Methods.CONFIG_WARNING.name(), warning);
  }

  /// After the client's last message.
  public void leave() {
    if (session != null) {
      codex.get().configs().removeListener(warnings);
      session.leave();
    }
  }

  /// `window/workDoneProgress/cancel`.
  public void cancelProgress(JsonElement params) {
    session().progress().cancel(params);
  }
}
