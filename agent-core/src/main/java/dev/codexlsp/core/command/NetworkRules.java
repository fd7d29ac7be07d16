package dev.codexlsp.core.command;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads `network_rule` calls.
final class NetworkRules {
  private static final Map<String, Rule.Protocol> PROTOCOLS =
      Map.of(
          "http", Rule.Protocol.HTTP,
          "https", Rule.Protocol.HTTPS,
          "https_connect", Rule.Protocol.HTTPS,
          "http-connect", Rule.Protocol.HTTPS,
          "socks5_tcp", Rule.Protocol.SOCKS5_TCP,
          "socks5_udp", Rule.Protocol.SOCKS5_UDP);

  private static final Pattern HOST = Pattern.compile("[^\\s*/?#@]+");
  private static final Pattern PORT = Pattern.compile(":[0-9]+$");

  private NetworkRules() {}

  static Rule build(RuleCall call) throws RuleSyntaxException {
    String protocol = call.text("protocol");
    if (!PROTOCOLS.containsKey(protocol)) {
      throw call.problem("protocol must be http, https, socks5_tcp or socks5_udp, not " + protocol);
    }
    String word = call.text("decision");
    RuleDecision decision =
        word.equals("deny") ? RuleDecision.FORBIDDEN : RuleBuilder.decision(call, word);
    return new Rule.Network(host(call), PROTOCOLS.get(protocol), decision, call.justification());
  }

  private static String host(RuleCall call) throws RuleSyntaxException {
    String host = call.text("host").strip().toLowerCase(Locale.ROOT);
    if (!HOST.matcher(host).matches()) {
      throw call.problem("host must be one host name or address, not '" + host + "'");
    }
    if (host.startsWith("[") && host.contains("]")) {
      return host.substring(1, host.indexOf(']'));
    }
    boolean isAddress = host.indexOf(':') != host.lastIndexOf(':');
    return isAddress ? host : PORT.matcher(host).replaceFirst("");
  }
}
