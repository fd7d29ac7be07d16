package dev.codexlsp.server.lsp;

import java.nio.file.Path;
import java.util.Locale;

/// What this process can say about itself without reading a file.
///
/// @param osName as the JDK names it, as are `osVersion` and `osArch`
/// @param codexHome where configuration and sessions live
public record ServerFacts(
    String version, Path codexHome, String osName, String osVersion, String osArch) {

  /// How we introduce ourselves to the model's service on behalf of a client. The client's words
  /// become part of an HTTP header, so only plain visible characters are kept.
  public String userAgent(ClientProfile client) {
    return userAgent(client.name(), client.version());
  }

  /// The same for a client of which only these are known.
  public String userAgent(String clientName, String clientVersion) {
    StringBuilder agent = new StringBuilder("codex-lsp/").append(version);
    agent.append(" (").append(osName).append(' ').append(osVersion);
    agent.append("; ").append(osArch).append(") ").append(clientName);
    if (!clientVersion.isEmpty()) {
      agent.append('/').append(clientVersion);
    }
    return headerText(agent.toString());
  }

  /// The program that the user sees, as the model's service is told.
  public String originator(ClientProfile client) {
    return headerText(client.name());
  }

  private static String headerText(String text) {
    return text.replaceAll("[^ -~]", "_");
  }

  /// `unix` or `windows`.
  String platformFamily() {
    return platformOs().equals("windows") ? "windows" : "unix";
  }

  /// `linux`, `macos` or `windows`.
  String platformOs() {
    String name = osName.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return "windows";
    }
    return name.startsWith("mac") ? "macos" : "linux";
  }
}
