package dev.codexlsp.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonParser;
import dev.codexlsp.core.model.ModelException.Retry;
import dev.codexlsp.core.thread.CodexErrorInfo;
import dev.codexlsp.core.thread.CodexErrorInfo.HttpConnectionFailed;
import dev.codexlsp.core.thread.CodexErrorInfo.Kind;
import dev.codexlsp.core.thread.CodexErrorInfo.ResponseTooManyFailedAttempts;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpModelClientTest {
  private static final Duration PATIENT = Duration.ofSeconds(30);
  private static final String HELLO = "response\nmessage \"Hello\"\n";
  private static final String BROKEN = "response\nhttp {\"status\": 500}\n";

  @Test
  void theRequestAsTheServerReceivesIt() throws Exception {
    try (ModelHarness harness = new ModelHarness(HELLO)) {
      ModelRequest request = harness.request();
      harness.ask(request);
      String body = RequestBody.render(request);
      Map<String, String> headers = new TreeMap<>(RequestHeaders.of(request));
      headers.put("host", harness.server.baseUrl().getAuthority());
      headers.put("content-length", String.valueOf(body.getBytes(StandardCharsets.UTF_8).length));
      assertThat(harness.server.calls())
          .containsExactly(
              new ModelCall(
                  "POST",
                  "/v1/responses",
                  headers,
                  JsonParser.parseString(body).getAsJsonObject(),
                  0));
    }
  }

  @Test
  void aBaseUrlMayEndWithASlash() throws Exception {
    try (ModelHarness harness = new ModelHarness(HELLO)) {
      harness.ask(ModelRequests.to(URI.create(harness.server.baseUrl() + "/")));
      assertThat(harness.server.awaitCall(1).path()).isEqualTo("/v1/responses");
    }
  }

  @Test
  void connectionsAreKeptForLaterRequests() throws Exception {
    int most = 50;
    try (ModelHarness harness = new ModelHarness(HELLO.repeat(most))) {
      List<Integer> connections = new ArrayList<>();
      do {
        harness.ask(harness.request());
        connections.add(harness.server.awaitCall(connections.size() + 1).connection());
      } while (connections.stream().distinct().count() == connections.size()
          && connections.size() < most);
      assertThat(connections).hasSizeLessThan(most);
    }
  }

  @Test
  void aServerThatBreaksIsAskedAgainInside() throws Exception {
    try (ModelHarness harness = new ModelHarness(BROKEN.repeat(2) + HELLO)) {
      assertThat(harness.ask(harness.request(4, PATIENT))).hasSize(4);
      assertThat(harness.pauses).containsExactly(Duration.ofMillis(200), Duration.ofMillis(400));
      assertThat(harness.server.calls()).hasSize(3);
    }
  }

  @Test
  void aConnectionThatBreaksIsAskedAgainInside() throws Exception {
    try (ModelHarness harness = new ModelHarness("response\ncut\n" + HELLO)) {
      assertThat(harness.ask(harness.request(1, PATIENT))).hasSize(4);
      assertThat(harness.pauses).containsExactly(Duration.ofMillis(200));
      assertThat(harness.server.calls()).hasSize(2);
    }
  }

  @Test
  void aDelayThatTheServerNamesIsKept() throws Exception {
    String named = "response\nhttp {\"status\": 502, \"headers\": {\"retry-after\": \"7\"}}\n";
    try (ModelHarness harness = new ModelHarness(named + HELLO)) {
      assertThat(harness.ask(harness.request(1, PATIENT))).hasSize(4);
      assertThat(harness.pauses).containsExactly(Duration.ofSeconds(7));
    }
  }

  record Exhausted(String answer, int requests, CodexErrorInfo info, Retry retry) {}

  static final List<Exhausted> EXHAUSTED =
      List.of(
          new Exhausted(
              "http {\"status\": 500}", 3, Kind.INTERNAL_SERVER_ERROR, new Retry.Backoff()),
          new Exhausted(
              "http {\"status\": 503, \"body\": {\"error\": {\"code\": \"server_is_overloaded\"}}}",
              3,
              Kind.SERVER_OVERLOADED,
              new Retry.Never()),
          new Exhausted("cut", 3, Kind.OTHER, new Retry.Backoff()),
          new Exhausted(
              "http {\"status\": 429}",
              1,
              new ResponseTooManyFailedAttempts(429),
              new Retry.Never()),
          new Exhausted(
              "http {\"status\": 429, \"headers\": {\"Retry-After\": \"3\"}}",
              1,
              new ResponseTooManyFailedAttempts(429),
              new Retry.After(Duration.ofSeconds(3))),
          new Exhausted(
              "http {\"status\": 401}", 1, new HttpConnectionFailed(401), new Retry.Backoff()),
          new Exhausted(
              "http {\"status\": 302, \"headers\": {\"location\": \"/elsewhere\"}}",
              1,
              new HttpConnectionFailed(302),
              new Retry.Backoff()),
          new Exhausted(
              "http {\"status\": 400, \"body\": \"bad\"}", 1, Kind.OTHER, new Retry.Never()));

  @ParameterizedTest
  @FieldSource("EXHAUSTED")
  void whatIsLeftAfterAllTries(Exhausted row) throws Exception {
    try (ModelHarness harness = new ModelHarness(("response\n" + row.answer() + "\n").repeat(9))) {
      ModelException failure = harness.failure(harness.request(2, PATIENT));
      assertThat(failure.error().codexErrorInfo()).isEqualTo(row.info());
      assertThat(failure.retry()).isEqualTo(row.retry());
      assertThat(harness.server.calls()).hasSize(row.requests());
    }
  }

  @Test
  void nobodyListens() throws Exception {
    try (ModelHarness harness = new ModelHarness("")) {
      harness.server.close();
      ModelException failure = harness.failure(harness.request(2, PATIENT));
      assertThat(failure.error().codexErrorInfo()).isEqualTo(Kind.OTHER);
      assertThat(failure)
          .hasMessage(
              "cannot reach " + harness.server.baseUrl() + "/responses: connection refused");
      assertThat(failure.retry()).isEqualTo(new Retry.Backoff());
      assertThat(harness.pauses).hasSize(2);
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsNotWaitedForForEver() throws Exception {
    try (ModelHarness harness = new ModelHarness("response\nhang")) {
      ModelException failure = harness.failure(harness.request(4, Duration.ofMillis(300)));
      assertThat(failure).hasMessage("nothing came from the model for 300 ms");
      assertThat(failure.retry()).isEqualTo(new Retry.Backoff());
      harness.server.awaitDropped(0);
      assertThat(harness.server.calls()).hasSize(1);
    }
  }

  @Test
  void anInterruptEndsTheWaitForHeaders() throws Exception {
    try (ModelHarness harness = new ModelHarness("response\nhang")) {
      ModelHarness.interruptWhen(
          () -> harness.server.awaitCall(1), () -> harness.ask(harness.request()));
      harness.server.awaitDropped(0);
    }
  }

  @Test
  void anInterruptEndsTheWaitForTheNextTry() throws Exception {
    try (ModelHarness harness = new ModelHarness(BROKEN.repeat(2))) {
      CountDownLatch never = new CountDownLatch(1);
      HttpModelClient client = harness.clientWith(_ -> never.await());
      ModelHarness.interruptWhen(
          () -> harness.server.awaitCall(1), () -> client.open(harness.request(4, PATIENT)));
      assertThat(harness.server.calls()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "x-bad, 'two\nlines', x-bad",
    "x-bad, 'emoji \uD83D\uDE00', x-bad",
    "bad name, value, bad name",
    "Host, elsewhere, Host",
    "Content-Length, 3, Content-Length",
  })
  void aHeaderThatCannotBeSentIsNamedAndItsValueIsNot(String name, String value, String named)
      throws Exception {
    try (ModelHarness harness = new ModelHarness("")) {
      ModelProvider provider =
          ModelRequests.withHeaders(
              ModelRequests.provider(harness.server.baseUrl(), 4, PATIENT), Map.of(name, value));
      ModelException failure = harness.failure(ModelRequests.with(provider));
      assertThat(failure)
          .hasMessage(
              "model provider mock: header %s cannot be sent, HTTP does not allow its name or its"
                  + " value",
              named)
          .hasNoCause();
      assertThat(failure.retry()).isEqualTo(new Retry.Never());
      assertThat(harness.server.calls()).isEmpty();
    }
  }

  @Test
  void aCredentialThatCannotBeSentStaysSecret() throws Exception {
    try (ModelHarness harness = new ModelHarness("")) {
      ModelRequest request = harness.request();
      ModelException failure = harness.failure(request.with(new Credential("sk-with-newline\n")));
      assertThat(failure)
          .hasMessage(
              "model provider mock: header authorization cannot be sent, HTTP does not allow its"
                  + " name or its value")
          .hasNoCause();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://host/v1", "host/v1", "http:///v1", "mailto:me"})
  void aBaseUrlThatIsNotHttp(String baseUrl) throws Exception {
    try (ModelHarness harness = new ModelHarness("")) {
      ModelRequest request = ModelRequests.to(URI.create(baseUrl));
      ModelException failure =
          catchThrowableOfType(ModelException.class, () -> harness.client.open(request));
      assertThat(failure).hasMessage("model provider mock: base_url is not an http address");
      assertThat(failure.retry()).isEqualTo(new Retry.Never());
    }
  }

  @Test
  void whatAServerSaysIsBoundedAndHidesTheCredential() throws Exception {
    String echo = "no: " + ModelRequests.SECRET + " " + "x".repeat(200_000);
    String script = "response\nhttp {\"status\": 400, \"body\": \"" + echo + "\"}";
    try (ModelHarness harness = new ModelHarness(script)) {
      String expected = "no: [hidden] " + "x".repeat(200_000);
      assertThat(harness.failure(harness.request()))
          .hasMessage(expected.substring(0, Failures.MESSAGE_LIMIT - 1) + "…");
    }
  }

  @Test
  void aPasswordInTheAddressIsNotTold() throws Exception {
    try (ModelHarness harness = new ModelHarness("response\nhttp {\"status\": 401}")) {
      String authority = harness.server.baseUrl().getAuthority();
      ModelException failure =
          harness.failure(ModelRequests.to(URI.create("http://me:password@" + authority + "/v1")));
      assertThat(failure)
          .hasMessage(
              "unexpected status 401 from http://" + authority + "/v1/responses: no further text");
    }
  }
}
