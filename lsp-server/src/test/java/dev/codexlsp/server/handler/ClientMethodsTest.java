package dev.codexlsp.server.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.server.lsp.ServerFacts;
import dev.codexlsp.server.protocol.Methods;
import dev.codexlsp.server.protocol.Row.ClientRequest;
import dev.codexlsp.server.protocol.WireGson;
import dev.codexlsp.server.rpc.Connection;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Fails in a row's place when the row has no handler: otherwise only the first client would
/// notice.
class ClientMethodsTest {
  static List<ClientRequest<?, ?>> rows() {
    return Methods.CLIENT_REQUESTS;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyRequestOfTheTableHasItsHandler(ClientRequest<?, ?> row) {
    Connection connection =
        new Connection(
            new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream(), WireGson::write);
    AgentSource agents =
        new AgentSource(
            () -> {
              throw new AssertionError("nobody has asked the agent anything");
            },
            new ServerFacts("1.2.3", Path.of("/home/me/.codex"), "Linux", "6.1", "amd64"),
            connection.client(),
            () -> {
              throw new AssertionError("nobody has asked for the client");
            });
    assertThat(
            ClientMethods.agent(agents, connection.handOff())
                .requestHandler(Methods.LSP_PREFIX + row.name()))
        .isNotNull();
  }
}
