package dev.codexlsp.exec.server.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WsAuthTest {
  private static final byte[] SECRET =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final long NOW = 1_000_000;

  private static WsAuth signed(@Nullable String issuer, @Nullable String audience) {
    return new WsAuth.SignedBearer(
        SECRET,
        new WsAuth.SignedBearer.Terms(issuer, audience, Duration.ofSeconds(30)),
        InstantSource.fixed(Instant.ofEpochSecond(NOW)));
  }

  private static String part(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static String jwt(String header, String claims, byte[] secret, String mac)
      throws GeneralSecurityException {
    String signed = part(header) + "." + part(claims);
    Mac engine = Mac.getInstance(mac);
    engine.init(new SecretKeySpec(secret, mac));
    return signed
        + "."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(engine.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String jwt(String claims) throws GeneralSecurityException {
    return jwt("{'alg':'HS256','typ':'JWT'}", claims, SECRET, "HmacSHA256");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "Bearer sesame          | -",
        "bearer sesame          | -",
        "'BEARER   sesame '     | -",
        "-                      | missing websocket bearer token",
        "Bearer wrong           | invalid websocket bearer token",
        "Bearer sesame x        | invalid websocket bearer token",
        "Bearer                 | invalid authorization header",
        "'Bearer\tsesame'        | invalid authorization header",
        "sesame                 | invalid authorization header",
        "Basic sesame           | invalid authorization header",
        "''                     | invalid authorization header",
      })
  void aCapabilityToken(String authorization, String refusal) {
    assertThat(WsAuth.CapabilityToken.of("sesame").refusalOf(authorization)).isEqualTo(refusal);
    assertThat(new WsAuth.None().refusalOf(authorization)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "{'exp':1000060,'iss':'me','aud':'you'}                   | -",
        "{'exp':1000060,'iss':'me','aud':['x','you'],'sub':'s'}   | -",
        "{'exp':1000060,'iss':'me','aud':'you','sub':5}           | invalid websocket jwt",
        "{'exp':1000060,'iss':'me','aud':'you','jti':['x']}       | invalid websocket jwt",
        "{'exp':999990,'iss':'me','aud':'you'}                    | -",
        "{'exp':999970,'iss':'me','aud':'you'}                    | -",
        "{'exp':999969,'iss':'me','aud':'you'}                    | expired websocket jwt",
        "{'exp':999960,'iss':'x','aud':'x'}                       | expired websocket jwt",
        "{'exp':1000060,'nbf':1000030,'iss':'me','aud':'you'}     | -",
        "{'exp':1000060,'nbf':1000031,'iss':'me','aud':'you'}     | websocket jwt is not valid yet",
        "{'exp':1000060,'iss':'x','aud':'you'}                    | websocket jwt issuer mismatch",
        "{'exp':1000060,'aud':'you'}                              | websocket jwt issuer mismatch",
        "{'exp':1000060,'iss':'me','aud':'x'}                     | websocket jwt audience"
            + " mismatch",
        "{'exp':1000060,'iss':'me','aud':[]}                      | websocket jwt audience"
            + " mismatch",
        "{'exp':1000060,'iss':'me'}                               | websocket jwt audience"
            + " mismatch",
        "{'iss':'me','aud':'you'}                                 | invalid websocket jwt",
        "{'exp':null,'iss':'me','aud':'you'}                      | invalid websocket jwt",
        "{'exp':'1000060','iss':'me','aud':'you'}                 | invalid websocket jwt",
        "{'exp':1000060.5,'iss':'me','aud':'you'}                 | invalid websocket jwt",
        "{'exp':1000060,'nbf':'x','iss':'me','aud':'you'}         | invalid websocket jwt",
        "{'exp':1000060,'iss':5,'aud':'you'}                      | invalid websocket jwt",
        "{'exp':1000060,'iss':'me','aud':5}                       | invalid websocket jwt",
        "[]                                                       | invalid websocket jwt",
        "{                                                        | invalid websocket jwt",
      })
  void aSignedToken(String claims, String refusal) throws Exception {
    assertThat(signed("me", "you").refusalOf("Bearer " + jwt(claims))).isEqualTo(refusal);
  }

  @Test
  void aSignedTokenWithoutTermsSaysWhatItLikes() throws Exception {
    assertThat(signed(null, null).refusalOf("Bearer " + jwt("{'exp':1000060}"))).isNull();
    assertThat(signed(null, null).refusalOf("Bearer " + jwt("{'exp':1000060,'iss':'x','aud':'y'}")))
        .isNull();
    assertThat(signed(null, null).refusalOf(null)).isEqualTo("missing websocket bearer token");
  }

  @Test
  void onlyTheRightSignatureOfTheRightKindCounts() throws Exception {
    String claims = "{'exp':1000060}";
    WsAuth auth = signed(null, null);
    String good = jwt(claims);
    byte[] other = SECRET.clone();
    other[0]++;
    for (String bad :
        new String[] {
          jwt("{'alg':'HS256'}", claims, other, "HmacSHA256"),
          jwt("{'alg':'HS512'}", claims, SECRET, "HmacSHA512"),
          jwt("{'alg':'hs256'}", claims, SECRET, "HmacSHA256"),
          jwt("{'typ':'JWT'}", claims, SECRET, "HmacSHA256"),
          part("{'alg':'none'}") + "." + part(claims) + ".",
          good.substring(0, good.lastIndexOf('.')),
          good.substring(0, good.lastIndexOf('.') + 1),
          good + "x",
          good + "=",
          good + ".x",
          "." + good,
          "a.b.c",
          "..",
          ".",
        }) {
      assertThat(auth.refusalOf("Bearer " + bad)).as(bad).isEqualTo("invalid websocket jwt");
    }
    assertThat(auth.refusalOf("Bearer " + good)).isNull();
  }
}
