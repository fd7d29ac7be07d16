package dev.codexlsp.exec.http;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Trusts whom [Authorities] trust, but reads their certificates when the first server shows its
/// own. Reading it takes a tenth of a second of processor time and some megabytes, which a server
/// that only talks to this machine, or to nobody yet, does not pay.
final class LazyTrust extends X509ExtendedTrustManager {
  private final Authorities authorities;
  private final ReentrantLock lock = new ReentrantLock();

  /// Guarded by the lock.
  private @Nullable List<X509ExtendedTrustManager> loaded;

  LazyTrust(Authorities authorities) {
    this.authorities = authorities;
  }

  /// A context for clients that checks certificates by this.
  SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {this}, null);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("this JDK has no TLS", impossible);
    }
  }

  private List<X509ExtendedTrustManager> trusted() throws CertificateException {
    lock.lock();
    try {
      if (loaded == null) {
        loaded = authorities.load();
      }
      return loaded;
    } finally {
      lock.unlock();
    }
  }

  /// One of several ways to look at a chain.
  @FunctionalInterface
  private interface Check {
    void by(X509ExtendedTrustManager trust) throws CertificateException;
  }

  /// The last one's objection is the one that is told: it is the JDK's, if that counts.
  private void require(Check check) throws CertificateException {
    CertificateException objection = new CertificateException("nobody is trusted");
    for (X509ExtendedTrustManager trust : trusted()) {
      try {
        check.by(trust);
        return;
      } catch (CertificateException refused) {
        objection = refused;
      }
    }
    throw objection;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    require(trust -> trust.checkServerTrusted(chain, authType, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    require(trust -> trust.checkServerTrusted(chain, authType, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    require(trust -> trust.checkServerTrusted(chain, authType));
  }

  /// We never are a server that asks clients for certificates.
  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("no clients are trusted");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("no clients are trusted");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("no clients are trusted");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
