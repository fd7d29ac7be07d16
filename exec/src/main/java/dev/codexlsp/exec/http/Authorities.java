package dev.codexlsp.exec.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Where the certificates of the authorities are that we trust. Nothing is read before [#load].
///
/// @param hasJdk whether those of the JDK count
/// @param sources what each file or folder of PEM certificates was named by, for messages
record Authorities(boolean hasJdk, Map<Path, String> sources) {
  private static final int MAX_BYTES = 16 << 20;
  private static final int MAX_FILES = 1000;

  Authorities {
    sources = Map.copyOf(sources);
  }

  /// Those of the JDK and what `CODEX_CA_CERTIFICATE`, or else `SSL_CERT_FILE`, and `SSL_CERT_DIR`
  /// name besides.
  static Authorities of(Map<String, String> environment) {
    Map<Path, String> sources = new HashMap<>();
    for (String variable : List.of("CODEX_CA_CERTIFICATE", "SSL_CERT_FILE")) {
      String value = environment.getOrDefault(variable, "").strip();
      if (!value.isEmpty() && sources.isEmpty()) {
        sources.put(Path.of(value), variable);
      }
    }
    String folder = environment.getOrDefault("SSL_CERT_DIR", "").strip();
    if (!folder.isEmpty()) {
      sources.put(Path.of(folder), "SSL_CERT_DIR");
    }
    return new Authorities(true, sources);
  }

  /// Those of one file, and no others.
  static Authorities only(Path file) {
    return new Authorities(false, Map.of(file, "ca_file"));
  }

  /// Everybody who is trusted: a chain is good when one of these says so.
  List<X509ExtendedTrustManager> load() throws CertificateException {
    try {
      List<X509ExtendedTrustManager> all = new ArrayList<>();
      if (!sources.isEmpty()) {
        all.add(manager(own()));
      }
      if (hasJdk) {
        all.add(manager(null));
      }
      return all;
    } catch (CertificateException told) {
      throw told;
    } catch (GeneralSecurityException | IOException unreadable) {
      throw new CertificateException(
          "cannot read the certificate authorities: " + unreadable.getMessage(), unreadable);
    }
  }

  private KeyStore own() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (Map.Entry<Path, String> source : sources.entrySet()) {
      try {
        for (Certificate certificate : certificates(source.getKey())) {
          store.setCertificateEntry("ca-" + number++, certificate);
        }
      } catch (IOException | CertificateException unreadable) {
        throw new CertificateException(
            "cannot read the certificate authorities in %s (%s): %s"
                .formatted(source.getKey(), source.getValue(), unreadable),
            unreadable);
      }
    }
    return store;
  }

  /// In a folder, files that hold no certificate do not matter.
  private static Collection<? extends Certificate> certificates(Path source)
      throws IOException, CertificateException {
    if (!Files.isDirectory(source)) {
      Collection<? extends Certificate> found = ofFile(source);
      if (found.isEmpty()) {
        throw new CertificateException("no certificate in it");
      }
      return found;
    }
    List<Certificate> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(source)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().limit(MAX_FILES).toList()) {
        try {
          all.addAll(ofFile(file));
        } catch (CertificateException other) {
          // Such folders hold lists of revoked certificates, too.
        }
      }
    }
    return all;
  }

  private static Collection<? extends Certificate> ofFile(Path file)
      throws IOException, CertificateException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES);
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(bytes));
    }
  }

  private static X509ExtendedTrustManager manager(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return Stream.of(factory.getTrustManagers())
        .filter(X509ExtendedTrustManager.class::isInstance)
        .map(X509ExtendedTrustManager.class::cast)
        .findFirst()
        .orElseThrow(
            () -> new CertificateException("this JDK has no store of certificate authorities"));
  }
}
