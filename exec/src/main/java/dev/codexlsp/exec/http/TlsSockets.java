package dev.codexlsp.exec.http;

import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Makes connections secure that carry something else than HTTP. Making one is free. Any thread may
/// use it.
public final class TlsSockets {
  private final LazyTrust trust;

  /// @param environment of this process, which may name authorities
  public TlsSockets(Map<String, String> environment) {
    this.trust = new LazyTrust(Authorities.of(environment));
  }

  /// Does the TLS handshake on a connected socket, as its client.
  ///
  /// @param plain still the caller's to close, which ends both at once
  /// @param host who must be at the other end, as the certificate has it
  /// @throws javax.net.ssl.SSLException when somebody else is, or nobody who speaks TLS
  public Socket over(Socket plain, String host) throws IOException {
    SSLSocketFactory sockets = trust.context().getSocketFactory();
    SSLSocket secure = (SSLSocket) sockets.createSocket(plain, host, plain.getPort(), true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }
}
