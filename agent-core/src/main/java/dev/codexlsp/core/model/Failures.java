package dev.codexlsp.core.model;

import dev.codexlsp.core.model.ModelException.Retry;
import dev.codexlsp.core.thread.CodexErrorInfo;
import dev.codexlsp.core.thread.TurnError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Makes the failures of one request. Their messages quote what servers and libraries say, so this
/// is the place where secrets are taken out and lengths are bounded.
///
/// @param secrets texts that no message may contain
record Failures(List<String> secrets) {
  static final int MESSAGE_LIMIT = 8 * 1024;

  /// Shorter header values are words rather than secrets, and hiding them would garble messages.
  private static final int SHORTEST_SECRET = 8;

  Failures {
    secrets = List.copyOf(secrets);
  }

  /// The credential is secret, and so may be whatever somebody configured as a header or a part of
  /// the address.
  static Failures hidingSecretsOf(ModelRequest request) {
    List<String> secrets = new ArrayList<>();
    Credential credential = request.credential();
    if (credential != null && !credential.secret().isEmpty()) {
      secrets.add(credential.secret());
    }
    ModelProvider provider = request.provider();
    Stream.concat(
            provider.httpHeaders().values().stream(),
            provider.endpoint().queryParams().values().stream())
        .filter(value -> value.length() >= SHORTEST_SECRET)
        .forEach(secrets::add);
    return new Failures(secrets);
  }

  ModelException last(CodexErrorInfo info, String message) {
    return of(info, message, new Retry.Never());
  }

  ModelException passing(CodexErrorInfo info, String message) {
    return of(info, message, new Retry.Backoff());
  }

  ModelException of(CodexErrorInfo info, String message, Retry retry) {
    return new ModelException(new TurnError(presentable(message), info, null), retry);
  }

  private String presentable(String message) {
    String text = message;
    for (String secret : secrets) {
      text = text.replace(secret, "[hidden]");
    }
    if (text.length() <= MESSAGE_LIMIT) {
      return text;
    }
    int end = MESSAGE_LIMIT - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
