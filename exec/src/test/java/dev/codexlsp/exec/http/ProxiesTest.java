package dev.codexlsp.exec.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which way a request takes, by the variables.
class ProxiesTest {

  @ParameterizedTest
  @CsvSource({
    "HTTPS_PROXY=http://p:8080, https://models.test/v1, http://p:8080 (HTTPS_PROXY)",
    "HTTPS_PROXY=http://p:8080, http://models.test/v1, ",
    "HTTP_PROXY=p:8080, http://models.test/v1, http://p:8080 (HTTP_PROXY)",
    "HTTP_PROXY=p, http://models.test/v1, http://p:80 (HTTP_PROXY)",
    "HTTP_PROXY=http://p:8080, https://models.test/v1, ",
    "ALL_PROXY=http://p:8080, https://models.test/v1, http://p:8080 (ALL_PROXY)",
    "ALL_PROXY=http://p:1 http_proxy=http://q:2/, http://models.test, http://q:2 (HTTP_PROXY)",
    "https_proxy=http://s:1 HTTPS_PROXY=http://p:2, https://m.test, http://s:1 (HTTPS_PROXY)",
    "https_proxy= HTTPS_PROXY=http://p:2, https://m.test, http://p:2 (HTTPS_PROXY)",
    "HTTPS_PROXY=http://u:pw@p:2, https://m.test, http://p:2 (HTTPS_PROXY)",
    "ALL_PROXY=http://p:1, http://localhost:11434/v1, ",
    "ALL_PROXY=http://p:1, http://127.0.0.1:11434/v1, ",
    "ALL_PROXY=http://p:1, http://[::1]:11434/v1, ",
    "ALL_PROXY=http://p:1 NO_PROXY=*, https://m.test, ",
    "ALL_PROXY=http://p:1 NO_PROXY=m.test, https://m.test/v1, ",
    "ALL_PROXY=http://p:1 NO_PROXY=.test, https://a.m.test, ",
    "ALL_PROXY=http://p:1 NO_PROXY=*.test, https://m.test, ",
    "ALL_PROXY=http://p:1 NO_PROXY=M.Test, https://A.m.test, ",
    "ALL_PROXY=http://p:1 NO_PROXY=m.test, https://am.test, http://p:1 (ALL_PROXY)",
    "ALL_PROXY=http://p:1 no_proxy=x;m.test:8443, https://m.test:8443, ",
    "ALL_PROXY=http://p:1 no_proxy=x;m.test:8443, https://m.test, http://p:1 (ALL_PROXY)",
    "ALL_PROXY=http://p:1 NO_PROXY=10.0.0.5, https://10.0.0.5/v1, ",
  })
  void ways(String variables, URI address, String expected) {
    ProxyAddress proxy = new Proxies(environment(variables)).of(address);
    assertThat(proxy == null ? null : proxy.toString()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "http://u:pw@p, u, pw",
    "http://u%40x:p%3Aw+@p, u@x, p:w+",
    "u:p:w@p:80, u, p:w",
    "http://u@p, u, ''",
    "http://p, , ",
  })
  void logins(String text, String user, String password) {
    ProxyAddress proxy = ProxyAddress.parse(text, "ALL_PROXY");
    assertThat(proxy).isEqualTo(new ProxyAddress("p", 80, user, password, "ALL_PROXY"));
  }

  @ParameterizedTest
  @CsvSource({
    "socks5://p:1, 'names a proxy by socks5://, and only http:// is known'",
    "https://u:secret@p:1, 'names a proxy by https://, and only http:// is known'",
    "http://, holds no address of a proxy",
    "http://u:secret@p:99999, holds no address of a proxy",
    "http://u:sec ret@p, holds no address of a proxy",
  })
  void unusableOnes(String text, String problem) {
    Proxies proxies = new Proxies(Map.of("HTTPS_PROXY", text));
    assertThatThrownBy(() -> proxies.of(URI.create("https://models.test")))
        .isInstanceOf(UnusableProxyException.class)
        .hasMessage("HTTPS_PROXY " + problem);
    assertThat(proxies.of(URI.create("http://models.test"))).isNull();
  }

  private static Map<String, String> environment(String variables) {
    Map<String, String> environment = new HashMap<>();
    for (String variable : variables.split(" ", -1)) {
      String[] parts = variable.split("=", 2);
      environment.put(parts[0], parts[1].replace(';', ','));
    }
    return environment;
  }
}
