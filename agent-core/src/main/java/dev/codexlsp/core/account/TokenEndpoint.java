package dev.codexlsp.core.account;

import com.google.gson.JsonObject;

/// Trades a refresh token for new tokens.
@FunctionalInterface
interface TokenEndpoint {

  /// The members of the answer, `access_token` among them.
  ///
  /// @throws AccountException when the service refuses, or cannot be reached
  JsonObject refresh(String refreshToken) throws AccountException, InterruptedException;
}
