package dev.codexlsp.server.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import dev.codexlsp.server.rpc.Refusal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitializeParamsTest {
  private static ClientProfile profile(String json) {
    return new InitializeParams(JsonParser.parseString(json.replace('\'', '"'))).profile();
  }

  @Test
  void readsAll() {
    assertThat(
            profile(
                """
                {'processId':42,
                 'clientInfo':{'name':'editor','version':'9'},
                 'workspaceFolders':[
                   {'uri':'file:///a%20b','name':'x'},
                   {'uri':'untitled:1','name':'y'},
                   {'uri':'file:///c','name':'z'},
                   {'uri':'file:///a%20b','name':'again'}],
                 'rootUri':'file:///ignored',
                 'capabilities':{'window':{'workDoneProgress':true,'showMessage':{}}},
                 'initializationOptions':{'mine':1,'codex':{'title':'The Editor','approvals':true,
                   'experimentalApi':true,'optOutNotificationMethods':['turn/started','what']}}}
                """))
        .isEqualTo(
            new ClientProfile(
                "editor",
                "9",
                "The Editor",
                42L,
                List.of(Path.of("/a b"), Path.of("/c")),
                true,
                true,
                true,
                Set.of("turn/started", "what")));
  }

  /// Other people's mistakes in LSP's own members do not keep a session from starting.
  @Test
  void takesNonsenseForAbsent() {
    assertThat(
            profile(
                """
                {'processId':'me','clientInfo':7,'workspaceFolders':['x',{},{'uri':5}],
                 'rootUri':null,'rootPath':[],
                 'capabilities':{'window':{'workDoneProgress':'yes','showMessage':true}},
                 'initializationOptions':[]}
                """))
        .isEqualTo(
            new ClientProfile("unknown", "", null, null, List.of(), false, false, false, Set.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'rootUri':'file:///r','rootPath':'/p'}                           | /r",
        "{'rootPath':'/p'}                                                 | /p",
        "{'workspaceFolders':[],'rootUri':'file:///r'}                     | /r",
        "{'workspaceFolders':null,'rootUri':'file:///r%C3%BC'}             | /r\u00fc",
        "{'workspaceFolders':[{'uri':'file:///w'}],'rootUri':'file:///r'}  | /w",
        "{'rootUri':'vscode-remote://host/r'}                              | ''",
        "{'rootUri':'file://host/r'}                                       | ''",
        "{'rootUri':'file:///%zz'}                                         | ''",
        "{'rootPath':'relative'}                                           | ''",
      })
  void findsTheFolders(String json, String folders) {
    assertThat(profile(json).workspaceFolders())
        .isEqualTo(
            folders.isEmpty()
                ? List.of()
                : Arrays.stream(folders.split(",")).map(Path::of).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7                                  | expected an object, found a number",
        "{'title':7}                        | expected a string, found a number in `title`",
        "{'approvals':'yes'}                | expected a boolean, found a string in `approvals`",
        "{'optOutNotificationMethods':'x'}  | expected an array in `optOutNotificationMethods`",
        "{'optOutNotificationMethods':[7]}  | expected a string, found a number in"
            + " `optOutNotificationMethods[0]`",
      })
  void refusesNonsenseInOurOwnOptions(String options, String problem) {
    assertThatThrownBy(() -> profile("{'initializationOptions':{'codex':" + options + "}}"))
        .isInstanceOf(Refusal.class)
        .hasMessage("Invalid request: `initializationOptions.codex`: " + problem);
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, unix, linux",
    "Mac OS X, unix, macos",
    "Windows Server 2025, windows, windows",
    "FreeBSD, unix, linux"
  })
  void namesThePlatform(String osName, String family, String os) {
    ServerFacts facts = new ServerFacts("1", Path.of("/"), osName, "2", "x");
    assertThat(List.of(facts.platformFamily(), facts.platformOs())).containsExactly(family, os);
  }

  @Test
  void keepsTheUserAgentFitForAHeader() {
    ClientProfile client = profile("{'clientInfo':{'name':'a\\r\\nX: \u20ac','version':'1'}}");
    assertThat(new ServerFacts("1", Path.of("/"), "Linux", "2", "x").userAgent(client))
        .isEqualTo("codex-lsp/1 (Linux 2; x) a__X: _/1");
  }
}
