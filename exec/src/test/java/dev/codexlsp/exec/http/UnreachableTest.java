package dev.codexlsp.exec.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UnreachableTest {

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new ConnectException(), "connection refused"),
        Arguments.of(
            new ConnectException().initCause(new UnresolvedAddressException()), "no such host"),
        Arguments.of(new HttpTimeoutException("request timed out"), "request timed out"),
        Arguments.of(new SSLHandshakeException("bad record"), "bad record"),
        Arguments.of(
            new SSLHandshakeException("no path").initCause(new CertificateException()),
            "no path; if a private authority has signed the server's certificate, name its file in"
                + " SSL_CERT_FILE, or in ca_file of the provider"),
        Arguments.of(new IOException(" "), "IOException"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void isSaidInWords(IOException failure, String words) {
    assertThat(Unreachable.reason(failure)).isEqualTo(words);
  }
}
