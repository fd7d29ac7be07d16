package dev.codexlsp.exec.protocol;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks a web server from the place where the commands run.
///
/// @param timeoutMs null for none
/// @param redirectPolicy whether redirects are followed; they are unless it is given
/// @param requestId chosen by the client
/// @param streamResponse whether the body follows in [HttpBodyDelta]s
public record HttpRequest(
    String method,
    String url,
    @Nullable List<Header> headers,
    @Nullable ByteBuffer bodyBase64,
    @Nullable Long timeoutMs,
    @Nullable RedirectPolicy redirectPolicy,
    String requestId,
    boolean streamResponse) {
  public HttpRequest {
    Unsigned.check("timeoutMs", timeoutMs);
  }

  /// One header line.
  ///
  /// @param valueEnvVar a variable of the server's environment whose value is put after `value`, so
  ///   that a secret need not travel
  public record Header(String name, String value, @Nullable String valueEnvVar) {}

  public enum RedirectPolicy {
    FOLLOW,
    STOP
  }

  /// A response.
  ///
  /// @param status any status is a result
  public record Result(int status, List<ResultHeader> headers, ByteBuffer bodyBase64) {}

  public record ResultHeader(String name, String value) {}
}
