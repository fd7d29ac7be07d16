package dev.codexlsp.core.model;

import java.util.Map;
import java.util.TreeMap;

/// The headers of a request. The provider's own headers replace who we say we are, but neither the
/// ids nor the credential: that is how the original ranks them.
final class RequestHeaders {
  private RequestHeaders() {}

  static Map<String, String> of(ModelRequest request) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("originator", request.caller().originator());
    headers.put("user-agent", request.caller().userAgent());
    headers.putAll(request.provider().httpHeaders());
    headers.put("content-type", "application/json");
    headers.put("accept", "text/event-stream");
    String threadId = request.threadId().value();
    headers.put("session-id", threadId);
    headers.put("thread-id", threadId);
    headers.put("x-client-request-id", threadId);
    headers.put("x-codex-window-id", TurnMetadata.windowId(request));
    headers.put("x-codex-turn-metadata", TurnMetadata.of(request));
    Credential credential = request.credential();
    if (credential != null) {
      headers.put("authorization", "Bearer " + credential.secret());
      if (credential.accountId() != null) {
        headers.put("chatgpt-account-id", credential.accountId());
      }
    }
    return headers;
  }
}
