package dev.codexlsp.server.rpc;

import dev.codexlsp.core.thread.CodexException;
import java.util.concurrent.CompletionException;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/// What the client is told about an exception. A refusal is told as it is; a bug is told as one,
/// without any of its insides.
final class Failures {
  private Failures() {}

  /// The error for an exception that a handler threw or completed its future with. A bug travels in
  /// the error's data, for the endpoint to log and to take out again.
  static ResponseError error(Throwable failure) {
    return switch (failure) {
      case CompletionException wrapper when wrapper.getCause() != null -> error(wrapper.getCause());
      case CodexException declined ->
          new ResponseError(
              ResponseErrorCode.InvalidRequest, declined.getMessage(), declined.error());
      case Refusal refusal -> new ResponseError(refusal.code(), refusal.getMessage(), null);
      case ResponseErrorException told -> told.getResponseError();
      default -> new ResponseError(ResponseErrorCode.InternalError, "internal error", failure);
    };
  }
}
