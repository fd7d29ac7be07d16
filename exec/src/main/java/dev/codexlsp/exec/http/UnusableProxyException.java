package dev.codexlsp.exec.http;

/// A proxy was asked for that we cannot use. Going without it would tell the network what somebody
/// wanted to keep from it, so the request fails. The message is for the user.
public final class UnusableProxyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnusableProxyException(String message) {
    super(message);
  }
}
