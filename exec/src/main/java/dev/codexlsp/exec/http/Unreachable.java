package dev.codexlsp.exec.http;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Says why a server was not reached, since the JDK leaves the commonest of its failures without a
/// message. Pure.
public final class Unreachable {
  private Unreachable() {}

  /// A few words for the user, without the server's name.
  public static String reason(IOException failure) {
    String message = failure.getMessage();
    if (message != null && !message.isBlank()) {
      return failure instanceof SSLException && hasCause(failure, CertificateException.class)
          ? message
              + "; if a private authority has signed the server's certificate, name its file in"
              + " SSL_CERT_FILE, or in ca_file of the provider"
          : message;
    }
    if (hasCause(failure, UnresolvedAddressException.class)) {
      return "no such host";
    }
    return failure instanceof ConnectException
        ? "connection refused"
        : failure.getClass().getSimpleName();
  }

  private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
