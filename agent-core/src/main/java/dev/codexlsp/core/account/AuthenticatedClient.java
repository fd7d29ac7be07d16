package dev.codexlsp.core.account;

import dev.codexlsp.core.model.Credential;
import dev.codexlsp.core.model.ModelClient;
import dev.codexlsp.core.model.ModelException;
import dev.codexlsp.core.model.ModelException.Retry;
import dev.codexlsp.core.model.ModelRequest;
import dev.codexlsp.core.model.ModelStream;
import dev.codexlsp.core.thread.CodexErrorInfo;
import dev.codexlsp.core.thread.TurnError;
import org.jspecify.annotations.Nullable;

/// Puts the user's login under requests to providers that want it and have no credential of their
/// own. It is looked up for each request: a turn may last longer than a token.
///
/// A refusal is answered once by a renewed credential; a second one is final, because trying again
/// would only use up refresh tokens.
public final class AuthenticatedClient implements ModelClient {
  private static final int UNAUTHORIZED = 401;

  private final ModelClient client;
  private final Accounts accounts;

  public AuthenticatedClient(ModelClient client, Accounts accounts) {
    this.client = client;
    this.accounts = accounts;
  }

  @Override
  public ModelStream open(ModelRequest request) throws ModelException, InterruptedException {
    if (request.credential() != null || !request.provider().access().requiresOpenaiAuth()) {
      return client.open(request);
    }
    Credential credential;
    try {
      credential = accounts.credential();
    } catch (AccountException problem) {
      throw failure(problem);
    }
    try {
      return client.open(request.with(credential));
    } catch (ModelException refusal) {
      if (!isRefused(refusal)) {
        throw refusal;
      }
      return openAgain(request, credential, refusal);
    }
  }

  private ModelStream openAgain(ModelRequest request, Credential refused, ModelException refusal)
      throws ModelException, InterruptedException {
    @Nullable Credential renewed;
    try {
      renewed = accounts.renewed(refused);
    } catch (AccountException problem) {
      throw failure(problem);
    }
    if (renewed == null) {
      throw last(refusal);
    }
    try {
      return client.open(request.with(renewed));
    } catch (ModelException again) {
      throw isRefused(again) ? last(again) : again;
    }
  }

  private static boolean isRefused(ModelException failure) {
    return failure.error().codexErrorInfo()
            instanceof CodexErrorInfo.HttpConnectionFailed(var status)
        && status == UNAUTHORIZED;
  }

  private static ModelException last(ModelException refusal) {
    return new ModelException(refusal.error(), new Retry.Never());
  }

  private static ModelException failure(AccountException problem) {
    return new ModelException(
        new TurnError(String.valueOf(problem.getMessage()), CodexErrorInfo.Kind.UNAUTHORIZED, null),
        problem.isPassing() ? new Retry.Backoff() : new Retry.Never());
  }
}
