package dev.codexlsp.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.codexlsp.core.config.ConfigLoader;
import dev.codexlsp.core.model.Credential;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The login in `auth.json`, with a service that renews tokens in the place of OpenAI's.
@Timeout(60)
class AccountsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T17:00:00Z");
  private static final long SOON = NOW.getEpochSecond() + 60;
  private static final long LATER = NOW.getEpochSecond() + 3600;

  @TempDir private Path home;
  private final List<String> refreshed = new CopyOnWriteArrayList<>();

  /// Null for the file alone.
  private @Nullable AuthStores stores;

  /// Set before the first refresh.
  private @Nullable AccountException refusal;

  @Test
  void aKeyIsKeptForItsOwnerOnly() throws Exception {
    accounts(Map.of()).logInWithKey(" sk-new-key\n");
    assertThat(file()).isEqualTo(json("{'auth_mode':'apikey','OPENAI_API_KEY':'sk-new-key'}"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
        .isEqualTo("rw-------");
    assertThat(names()).containsExactly("auth.json", "auth.json.lock", "auth.lock");
    assertThat(accounts(Map.of()).credential()).isEqualTo(new Credential("sk-new-key"));
    assertThat(accounts(Map.of()).signedIn(false))
        .isEqualTo(new SignedIn(new Account.ApiKey(), null));
  }

  @Test
  void aLogoutForgets() throws Exception {
    Accounts accounts = accounts(Map.of());
    accounts.logInWithKey("sk-new-key");
    accounts.logOut();
    accounts.logOut();
    assertThat(path()).doesNotExist();
    assertThat(accounts.signedIn(false)).isNull();
    assertThatThrownBy(accounts::credential)
        .isInstanceOf(AccountException.class)
        .hasMessageStartingWith("nobody is signed in");
  }

  @ParameterizedTest
  @CsvSource({
    "'', the API key is empty",
    "' ', the API key is empty",
    "sk one, the API key holds characters that cannot be sent",
    "sk-é, the API key holds characters that cannot be sent",
  })
  void keysThatAreNone(String key, String problem) {
    assertThatThrownBy(() -> accounts(Map.of()).logInWithKey(key))
        .isInstanceOf(AccountException.class)
        .hasMessage(problem);
    assertThat(path()).doesNotExist();
  }

  @Test
  void variablesCountAfterWhatIsKept() throws Exception {
    Map<String, String> both = Map.of("OPENAI_API_KEY", "sk-openai", "CODEX_API_KEY", "sk-codex");
    assertThat(accounts(both).credential()).isEqualTo(new Credential("sk-codex"));
    assertThat(accounts(Map.of("OPENAI_API_KEY", "sk-openai")).credential())
        .isEqualTo(new Credential("sk-openai"));
    accounts(both).logInWithKey("sk-kept");
    assertThat(accounts(both).credential()).isEqualTo(new Credential("sk-kept"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'OPENAI_API_KEY':'sk-old-form'} | sk-old-form | ",
        "{'OPENAI_API_KEY':null,'tokens':{'access_token':'at','account_id':'acc'}} | at | acc",
        "{'auth_mode':'chatgpt','OPENAI_API_KEY':'sk','tokens':{'access_token':'at'}} | at | ",
        "{'auth_mode':'apikey','OPENAI_API_KEY':'sk','tokens':{'access_token':'at'}} | sk | ",
      })
  void formsOfTheFile(String text, String secret, @Nullable String accountId) throws Exception {
    write(text);
    assertThat(accounts(Map.of()).credential()).isEqualTo(new Credential(secret, accountId));
  }

  @ParameterizedTest
  @CsvSource({"'{', is not JSON", "[], is not a JSON object", "sk-naked, is not a JSON object"})
  void filesThatAreNone(String text, String problem) throws Exception {
    Files.writeString(path(), text);
    assertThatThrownBy(() -> accounts(Map.of()).credential())
        .isInstanceOf(AccountException.class)
        .hasMessage(path() + " " + problem);
  }

  @Test
  void claims() throws Exception {
    write(tokens(LATER));
    assertThat(accounts(Map.of()).signedIn(false))
        .isEqualTo(new SignedIn(new Account.Chatgpt("me@x.example", "plus"), "user-1"));
    assertThat(accounts(Map.of()).credential())
        .isEqualTo(new Credential(access(LATER, 1), "acc-1"));
    assertThat(refreshed).isEmpty();
  }

  @Test
  void aTokenThatEndsSoonIsRenewedAndTheRestStays() throws Exception {
    write(tokens(SOON));
    assertThat(accounts(Map.of()).credential())
        .isEqualTo(new Credential(access(LATER, 2), "acc-1"));
    JsonObject expected = json(tokens(SOON));
    expected.getAsJsonObject("tokens").addProperty("access_token", access(LATER, 2));
    expected.getAsJsonObject("tokens").addProperty("refresh_token", "rt-2");
    expected.addProperty("last_refresh", NOW.toString());
    assertThat(file()).isEqualTo(expected);
    assertThat(refreshed).containsExactly("rt-1");
  }

  @Test
  void aRefusedTokenIsRenewedUnlessSomebodyHasDoneSo() throws Exception {
    write(tokens(LATER));
    Accounts accounts = accounts(Map.of());
    Credential first = accounts.credential();
    Credential second = accounts.renewed(first);
    assertThat(second).isEqualTo(new Credential(access(LATER, 2), "acc-1"));
    assertThat(accounts.renewed(first)).isEqualTo(second);
    assertThat(refreshed).containsExactly("rt-1");
  }

  @ParameterizedTest
  @CsvSource({"file, true", "auto, true", "keyring, false", "ephemeral, false"})
  void whereALoginIsKept(String word, boolean isFile) throws Exception {
    write("{'auth_mode':'apikey','OPENAI_API_KEY':'sk-of-the-file'}");
    configure("cli_auth_credentials_store = '" + word + "'");
    Accounts accounts = accounts(Map.of("OPENAI_API_KEY", "sk-variable"));
    assertThat(accounts.credential())
        .isEqualTo(new Credential(isFile ? "sk-of-the-file" : "sk-variable"));
    accounts.logInWithKey("sk-new");
    assertThat(accounts.credential()).isEqualTo(new Credential("sk-new"));
    assertThat(file().get("OPENAI_API_KEY").getAsString())
        .isEqualTo(isFile ? "sk-new" : "sk-of-the-file");
    accounts.logOut();
    assertThat(accounts.signedIn(false)).isEqualTo(new SignedIn(new Account.ApiKey(), null));
    assertThat(Files.exists(path())).isEqualTo(!isFile);
  }

  /// A change counts at once, and forgets nothing on either side.
  @Test
  void theStoreThatCountsNow() throws Exception {
    configure("");
    Accounts accounts = accounts(Map.of());
    accounts.logInWithKey("sk-kept");
    configure("cli_auth_credentials_store = 'ephemeral'");
    assertThat(accounts.signedIn(false)).isNull();
    accounts.logInWithKey("sk-fleeting");
    configure("");
    assertThat(accounts.credential()).isEqualTo(new Credential("sk-kept"));
    Files.writeString(home.resolve("config.toml"), "cli_auth_credentials_store = 'ephemeral' # 2");
    assertThat(accounts.credential()).isEqualTo(new Credential("sk-fleeting"));
  }

  @Test
  void aSecretIsNotPutJustAnywhere() throws Exception {
    configure("cli_auth_credentials_store = 'vault'");
    assertThatThrownBy(() -> accounts(Map.of()).logInWithKey("sk-new"))
        .isInstanceOf(AccountException.class)
        .hasMessage(
            "nobody knows where sign-ins are kept: "
                + home.resolve("config.toml")
                + ":1: cli_auth_credentials_store must be one of file, keyring, auto, ephemeral,"
                + " not \"vault\"");
    assertThat(names()).containsExactly("config.toml");
  }

  private void configure(String toml) throws Exception {
    Files.writeString(home.resolve("config.toml"), toml);
    if (stores == null) {
      stores = AuthStores.configured(new ConfigLoader(home, home), home);
    }
  }

  @Test
  void aRefusedKeyIsOnlyReplacedByAnother() throws Exception {
    Accounts accounts = accounts(Map.of());
    accounts.logInWithKey("sk-one");
    assertThat(accounts.renewed(new Credential("sk-one"))).isNull();
    assertThat(accounts.renewed(new Credential("sk-zero"))).isEqualTo(new Credential("sk-one"));
  }

  @Test
  void aFailedRenewal() throws Exception {
    write(tokens(SOON));
    refusal = AccountException.passing("the service is away");
    assertThat(accounts(Map.of()).credential()).isEqualTo(new Credential(access(SOON, 1), "acc-1"));
    refusal = AccountException.lasting("sign in again");
    assertThatThrownBy(() -> accounts(Map.of()).credential()).isSameAs(refusal);
    write(tokens(NOW.getEpochSecond()));
    refusal = AccountException.passing("the service is away");
    assertThatThrownBy(() -> accounts(Map.of()).credential()).isSameAs(refusal);
    assertThat(file()).isEqualTo(json(tokens(NOW.getEpochSecond())));
  }

  /// As two programs would: nothing but the files is shared.
  @Test
  void onlyOneOfManyRenews() throws Exception {
    write(tokens(SOON));
    CountDownLatch start = new CountDownLatch(1);
    List<FutureTask<Credential>> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      FutureTask<Credential> one =
          new FutureTask<>(() -> {
            start.await();
            return accounts(Map.of()).credential();
          });
      Thread.ofVirtual().start(one);
      all.add(one);
    }
    start.countDown();
    for (FutureTask<Credential> one : all) {
      assertThat(one.get(30, TimeUnit.SECONDS))
          .isEqualTo(new Credential(access(LATER, 2), "acc-1"));
    }
    assertThat(refreshed).containsExactly("rt-1");
  }

  @Test
  void nothingIsPrinted() throws Exception {
    write(tokens(LATER));
    assertThat(new AuthRecord(file()).toString() + accounts(Map.of()).credential())
        .isEqualTo("AuthRecord[hidden]Credential[hidden]");
  }

  private Accounts accounts(Map<String, String> environment) {
    AuthStores places = stores == null ? () -> new AuthFile(home) : stores;
    return new Accounts(places, this::refresh, environment, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private JsonObject refresh(String token) throws AccountException {
    if (refusal != null) {
      throw refusal;
    }
    refreshed.add(token);
    return json(
        "{'access_token':'%s','refresh_token':'rt-2','id_token':''}".formatted(access(LATER, 2)));
  }

  private static String tokens(long expiry) {
    String id =
        jwt(
            "{'email':'me@x.example','https://api.openai.com/auth':{'chatgpt_plan_type':'plus',"
                + "'chatgpt_user_id':'user-1','chatgpt_account_id':'acc-1'}}");
    return "{'auth_mode':'chatgpt','OPENAI_API_KEY':null,'tokens':{'id_token':'%s',".formatted(id)
        + "'access_token':'%s','refresh_token':'rt-1','account_id':'acc-1','own':1},"
            .formatted(access(expiry, 1))
        + "'last_refresh':'2026-11-01T00:00:00Z','unknown':{'kept':[null]}}";
  }

  private static String access(long expiry, int number) {
    return jwt("{'exp':" + expiry + ",'n':" + number + "}");
  }

  private static String jwt(String claims) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return base64.encodeToString("{}".getBytes(StandardCharsets.UTF_8))
        + "."
        + base64.encodeToString(claims.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
        + ".sig";
  }

  private Path path() {
    return home.resolve("auth.json");
  }

  private void write(String text) throws Exception {
    Files.writeString(path(), text.replace('\'', '"'));
  }

  private JsonObject file() throws Exception {
    return json(Files.readString(path()));
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
  }

  private List<String> names() throws Exception {
    try (var files = Files.list(home)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
