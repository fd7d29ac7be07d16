package dev.codexlsp.server.handler;

import dev.codexlsp.core.Codex;
import dev.codexlsp.core.account.SignedIn;
import dev.codexlsp.core.thread.CodexException;
import dev.codexlsp.server.protocol.AccountReadParams;
import dev.codexlsp.server.protocol.AccountReadResponse;
import dev.codexlsp.server.protocol.AccountUpdated;
import dev.codexlsp.server.protocol.LoginCancelParams;
import dev.codexlsp.server.protocol.LoginCancelResponse;
import dev.codexlsp.server.protocol.LoginCompleted;
import dev.codexlsp.server.protocol.LoginStartParams;
import dev.codexlsp.server.protocol.LoginStartResponse;
import dev.codexlsp.server.protocol.LogoutParams;
import dev.codexlsp.server.protocol.LogoutResponse;
import dev.codexlsp.server.protocol.Methods;
import dev.codexlsp.server.rpc.HandOff;
import dev.codexlsp.server.rpc.Refusal;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// `account/*`. The file of the login, and the service that renews tokens, are waited for on a
/// virtual thread per request; notifications follow the answer on the same thread.
public final class AccountHandlers {
  private static final String API_KEY = "apiKey";

  /// The name of the virtual threads.
  private static final String THREAD = "account";

  /// What the original knows besides.
  private static final Set<String> NOT_OFFERED =
      Set.of(
          "chatgpt",
          "chatgptDeviceCode",
          "chatgptAuthTokens",
          "amazonBedrock",
          "amazonBedrockAccessKeys");

  private final AgentSource agents;
  private final HandOff handOff;

  public AccountHandlers(AgentSource agents, HandOff handOff) {
    this.agents = agents;
    this.handOff = handOff;
  }

  public CompletableFuture<AccountReadResponse> read(AccountReadParams params) {
    Codex codex = agents.codex();
    return Aside.answer(
        THREAD,
        handOff,
        () -> {
          boolean isRequired = codex.config().provider().access().requiresOpenaiAuth();
          if (!isRequired) {
            return new AccountReadResponse(null, null, false);
          }
          boolean isRenewed = Objects.requireNonNullElse(params.refreshToken(), false);
          SignedIn signedIn = codex.accounts().signedIn(isRenewed);
          return signedIn == null
              ? new AccountReadResponse(null, null, true)
              : new AccountReadResponse(signedIn.account(), signedIn.userId(), true);
        });
  }

  public CompletableFuture<LoginStartResponse> start(LoginStartParams params) {
    if (NOT_OFFERED.contains(params.type())) {
      throw new CodexException(
          "signing in by `%s` is not offered here: pass an API key, or sign in with Codex itself,"
                  .formatted(params.type())
              + " whose login is used");
    }
    if (!params.type().equals(API_KEY)) {
      throw Refusal.invalidRequest(
          "Invalid request: unknown variant `" + params.type() + "`, expected `apiKey`");
    }
    String key = params.apiKey();
    if (key == null) {
      throw Refusal.invalidRequest("Invalid request: missing field `apiKey`");
    }
    AgentSource.Announcer announcer = agents.announcer();
    Codex codex = agents.codex();
    return Aside.answer(
        THREAD,
        handOff,
        () -> {
          codex.accounts().logInWithKey(key);
          return new LoginStartResponse(API_KEY);
        },
        () -> {
          announcer.tell(Methods.LOGIN_COMPLETED, new LoginCompleted(null, true, null));
          announcer.tell(Methods.ACCOUNT_UPDATED, new AccountUpdated("apikey", null));
        });
  }

  /// There is no way of signing in that takes long enough to be cancelled.
  public CompletableFuture<LoginCancelResponse> cancel(LoginCancelParams params) {
    try {
      UUID.fromString(params.loginId());
    } catch (IllegalArgumentException malformed) {
      throw new CodexException("invalid login id: " + params.loginId());
    }
    return CompletableFuture.completedFuture(new LoginCancelResponse("notFound"));
  }

  public CompletableFuture<LogoutResponse> logout(LogoutParams params) {
    AgentSource.Announcer announcer = agents.announcer();
    Codex codex = agents.codex();
    return Aside.answer(
        THREAD,
        handOff,
        () -> {
          codex.accounts().logOut();
          return new LogoutResponse();
        },
        () -> announcer.tell(Methods.ACCOUNT_UPDATED, new AccountUpdated(null, null)));
  }
}
