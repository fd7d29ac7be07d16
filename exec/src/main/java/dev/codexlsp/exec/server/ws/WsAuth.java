package dev.codexlsp.exec.server.ws;

import dev.codexlsp.exec.json.WireException;
import dev.codexlsp.exec.protocol.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Who may connect. Asked once, when a connection wants to become a WebSocket.
public sealed interface WsAuth {

  /// Why the token is refused; null when it is good.
  @Nullable String refusal(String token);

  /// Everybody who can reach the listener, which therefore only this machine may.
  record None() implements WsAuth {
    @Override
    public @Nullable String refusal(String token) {
      return null;
    }
  }

  /// Whoever knows a secret.
  final class CapabilityToken implements WsAuth {
    private final byte[] sha256;

    /// @param sha256 the digest of the token, so that the token itself need not be kept
    public CapabilityToken(byte[] sha256) {
      this.sha256 = sha256.clone();
    }

    public static CapabilityToken of(String token) {
      return new CapabilityToken(digest(token));
    }

    private static byte[] digest(String token) {
      try {
        return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    @Override
    public @Nullable String refusal(String token) {
      // Takes the same time wherever the first difference is.
      return MessageDigest.isEqual(sha256, digest(token)) ? null : "invalid websocket bearer token";
    }
  }

  /// Whoever has been given a signed token (a JWT with HS256) that holds now.
  final class SignedBearer implements WsAuth {
    private static final String INVALID = "invalid websocket jwt";
    private static final String ALGORITHM = "HS256";
    private static final String MAC = "HmacSHA256";

    private final byte[] secret;
    private final Terms terms;
    private final InstantSource clock;

    /// What a token must say.
    ///
    /// @param issuer null for any
    /// @param audience null for any
    /// @param clockSkew how much two clocks may differ
    public record Terms(@Nullable String issuer, @Nullable String audience, Duration clockSkew) {}

    /// As much of the first part of a token as matters.
    private record Header(String alg) {}

    /// As much of the second part as matters, and what must be strings if it is there at all.
    ///
    /// @param aud one string, or several
    private record Claims(
        Long exp,
        @Nullable Long nbf,
        @Nullable String iss,
        @Nullable Payload aud,
        @Nullable String sub,
        @Nullable String jti) {

      private List<String> audiences() {
        if (aud == null) {
          return List.of();
        }
        try {
          return List.of(aud.as(String.class));
        } catch (WireException several) {
          return Arrays.asList(aud.as(String[].class));
        }
      }
    }

    public SignedBearer(byte[] secret, Terms terms, InstantSource clock) {
      this.secret = secret.clone();
      this.terms = terms;
      this.clock = clock;
    }

    @Override
    public @Nullable String refusal(String token) {
      try {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3
            // The decoder would take it, but a JWT has no padding.
            || token.contains("=")
            || !json(parts[0]).as(Header.class).alg().equals(ALGORITHM)
            || !MessageDigest.isEqual(
                signature(parts[0] + "." + parts[1]), Base64.getUrlDecoder().decode(parts[2]))) {
          return INVALID;
        }
        Claims claims = json(parts[1]).as(Claims.class);
        return refusal(claims, claims.audiences());
      } catch (IllegalArgumentException | WireException malformed) {
        return INVALID;
      }
    }

    private static Payload json(String part) {
      ByteBuffer utf8 = ByteBuffer.wrap(Base64.getUrlDecoder().decode(part));
      return Payload.parse(StandardCharsets.UTF_8.decode(utf8).toString());
    }

    private byte[] signature(String signed) {
      try {
        Mac mac = Mac.getInstance(MAC);
        mac.init(new SecretKeySpec(secret, MAC));
        return mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private @Nullable String refusal(Claims claims, List<String> audiences) {
      long now = clock.instant().getEpochSecond();
      long skew = terms.clockSkew().toSeconds();
      if (claims.exp() < now - skew) {
        return "expired websocket jwt";
      }
      if (claims.nbf() != null && claims.nbf() > now + skew) {
        return "websocket jwt is not valid yet";
      }
      if (terms.issuer() != null && !terms.issuer().equals(claims.iss())) {
        return "websocket jwt issuer mismatch";
      }
      if (terms.audience() != null && !audiences.contains(terms.audience())) {
        return "websocket jwt audience mismatch";
      }
      return null;
    }
  }

  /// Why somebody with this header is refused; null when he is welcome.
  ///
  /// @param authorization null when there is none
  default @Nullable String refusalOf(@Nullable String authorization) {
    if (this instanceof None) {
      return null;
    }
    if (authorization == null) {
      return "missing websocket bearer token";
    }
    String[] words = authorization.strip().split(" +", 2);
    if (words.length < 2 || !words[0].toLowerCase(Locale.ROOT).equals("bearer")) {
      return "invalid authorization header";
    }
    return refusal(words[1]);
  }
}
