package dev.codexlsp.core.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codexlsp.core.command.Rule.Protocol;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleFileParserTest {

  @Test
  void aWholeFile() throws Exception {
    assertThat(
            RuleFileParser.parse(
                """
                # What we trust.
                \"""
                A comment of
                several lines.
                \"""

                prefix_rule(
                    pattern = ["git", ["status", 'log'],],  # read only
                    decision = "allow",
                    justification = \"""looks "only\""",
                )
                """
                    + """
                    prefix_rule(match=["rm -rf 'a b'", ["rm", "x"]], not_match=["ls"], \
                    decision="forbidden", pattern=["rm"]); prefix_rule(["a"], "prompt")
                    prefix_rule(pattern=["r\\"m", r"\\d", "\\x41\\u00e9\\n"])
                    network_rule(host="Example.com:443", protocol="https", decision="deny")
                    network_rule("[::1]:80", "socks5_udp", "prompt", "why")
                    host_executable(name="git", paths=["/usr/bin/git"])
                    """))
        .containsExactly(
            new Rule.Prefix(
                List.of(List.of("git"), List.of("status", "log")),
                RuleDecision.ALLOW,
                "looks \"only"),
            new Rule.Prefix(List.of(List.of("rm")), RuleDecision.FORBIDDEN, null),
            new Rule.Prefix(List.of(List.of("a")), RuleDecision.PROMPT, null),
            new Rule.Prefix(
                List.of(List.of("r\"m"), List.of("\\d"), List.of("Aé\n")),
                RuleDecision.ALLOW,
                null),
            new Rule.Network("example.com", Protocol.HTTPS, RuleDecision.FORBIDDEN, null),
            new Rule.Network("::1", Protocol.SOCKS5_UDP, RuleDecision.PROMPT, "why"),
            new Rule.HostExecutable("git", List.of("/usr/bin/git")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# only\n", "'text'", "\r\n# a\r\n"})
  void noRules(String text) throws Exception {
    assertThat(RuleFileParser.parse(text)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "foo('a') → 1: unexpected 'foo'",
        "x = ['a'] → 1: unexpected 'x'",
        "pass → 1: unexpected 'pass'",
        "load('a', 'b') → 1: unexpected 'load'",
        "prefix_rule(pattern=['a']) prefix_rule(pattern=['b']) → 1: unexpected 'prefix_rule'",
        "prefix_rule → 1: unexpected the end of the line",
        "prefix_rule(pattern=['a'] → 1: unexpected the end of the line",
        "prefix_rule(pattern=['a' 'b']) → 1: unexpected a string",
        "prefix_rule(pattern=['a'+'b']) → 1: unexpected '+'",
        "prefix_rule(pattern=['a', 1]) → 1: unexpected '1'",
        "prefix_rule(pattern=('a',)) → 1: unexpected '('",
        "prefix_rule(pattern=x) → 1: unexpected 'x'",
        "prefix_rule(pattern=None) → 1: unexpected 'None'",
        "prefix_rule(pattern=[[['a']]]) → 1: unexpected '['",
        "prefix_rule(pattern=[f'a']) → 1: unexpected string prefix 'f'",
        "prefix_rule(pattern=[b'a']) → 1: unexpected string prefix 'b'",
        "prefix_rule(pattern=['a) → 1: unfinished string",
        "prefix_rule(pattern=['\\q']) → 1: unknown escape '\\q'",
        "prefix_rule(pattern=['\\xZZ']) → 1: bad escape '\\xZZ'",
        "prefix_rule(\tpattern=['a']) → 1: tabs are not allowed",
        "¶  prefix_rule(pattern=['a']) → 2: unexpected indentation",
        "prefix_rule¶(pattern=['a']) → 1: unexpected the end of the line",
        "\uFEFFprefix_rule(pattern=['a']) → 1: unexpected '\uFEFF'",
        "prefix_rule(pattern='a') → 1: pattern must be a list",
        "prefix_rule(decision='allow') → 1: prefix_rule needs pattern",
        "prefix_rule(pattern=[]) → 1: pattern cannot be empty",
        "prefix_rule(pattern=[[]]) → 1: alternatives of pattern cannot be empty",
        "prefix_rule(pattern=['a'], pattern=['b']) → 1: repeated argument pattern",
        "prefix_rule(['a'], pattern=['b']) → 1: repeated argument pattern",
        "prefix_rule(pattern=['a'], 'allow') → 1: unexpected a string",
        "prefix_rule(pattern=['a'], foo='b') → 1: prefix_rule has no argument foo",
        "prefix_rule(pattern=['a'], decision='Allow') → 1: decision must be allow, prompt or"
            + " forbidden, not Allow",
        "prefix_rule(pattern=['a'], decision='deny') → 1: decision must be allow, prompt or"
            + " forbidden, not deny",
        "prefix_rule(pattern=['a'], decision=['allow']) → 1: decision must be a string",
        "prefix_rule(pattern=['a'], justification=' ') → 1: justification cannot be empty",
        "¶¶prefix_rule(pattern=['a'], match=['b']) → 3: the example of match does not match: b",
        "prefix_rule(pattern=['a'], not_match=['a b']) → 1: the example of not_match matches: a b",
        "prefix_rule(pattern=['a'], match=['']) → 1: an example of match cannot be empty",
        "prefix_rule(pattern=['a'], match=[[]]) → 1: an example of match cannot be empty",
        "prefix_rule(pattern=['a'], match=[\"a 'b\"]) → 1: an example has an open quote: a 'b",
        "prefix_rule(pattern=['a'], match='a') → 1: match must be a list",
        "prefix_rule(pattern=['a'],¶ decision='no') → 1: decision must be allow, prompt or"
            + " forbidden, not no",
        "network_rule(host='a', protocol='tcp', decision='allow') → 1: protocol must be http,"
            + " https, socks5_tcp or socks5_udp, not tcp",
        "network_rule(host='*.a', protocol='http', decision='allow') → 1: host must be one host"
            + " name or address, not '*.a'",
        "network_rule(host='http://a', protocol='http', decision='allow') → 1: host must be one"
            + " host name or address, not 'http://a'",
        "network_rule(host='', protocol='http', decision='allow') → 1: host must be one host name"
            + " or address, not ''",
        "network_rule(host='a', protocol='http') → 1: network_rule needs decision",
        "host_executable(name='git', paths=['git']) → 1: paths must be absolute, and git is not",
        "host_executable(name='git', paths=['/bin/hg']) → 1: paths must end in git, and /bin/hg"
            + " does not",
        "host_executable(name='a/git', paths=[]) → 1: name must be the bare name of a program, not"
            + " 'a/git'",
        "host_executable(name='', paths=[]) → 1: name must be the bare name of a program, not ''",
      })
  void refused(String text, String expected) {
    RuleSyntaxException broken =
        catchThrowableOfType(
            RuleSyntaxException.class, () -> RuleFileParser.parse(text.replace("¶", "\n")));
    assertThat(broken.line() + ": " + broken.getMessage()).isEqualTo(expected);
  }
}
