package dev.codexlsp.exec.protocol;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/// Paths as they travel: `file:///home/me/a%20b`. A name that is not UTF-8 survives, because its
/// bytes are percent-encoded one by one.
final class FileUri {
  private static final String SCHEME = "file:";
  private static final String LOCALHOST = "localhost";
  private static final String PLAIN = "-._~!$&'()*+,;=:@/";

  /// What stands in a Java string for a byte that is not UTF-8.
  private static final char REPLACEMENT = '\ufffd';

  private static final Pattern LITERAL_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  private FileUri() {}

  /// The path that a URI names, without `.` and `..`.
  ///
  /// @throws IllegalArgumentException when it names none on this system
  static Path parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0 || text.startsWith("/")) {
      throw new IllegalArgumentException("invalid URI: relative URL without a base");
    }
    if (!text.substring(0, colon + 1).toLowerCase(Locale.ROOT).equals(SCHEME)) {
      throw new IllegalArgumentException(
          "unsupported path URI scheme `" + text.substring(0, colon) + "`");
    }
    if (text.indexOf('?') >= 0 || text.indexOf('#') >= 0) {
      throw new IllegalArgumentException("a path URI has no query and no fragment");
    }
    String path = LITERAL_PERCENT.matcher(withoutHost(text.substring(colon + 1))).replaceAll("%25");
    if (!path.startsWith("/") || path.contains("%00")) {
      throw new IllegalArgumentException("not a path on this system: " + text);
    }
    return Path.of(URI.create("file://" + encode(path, "%" + PLAIN))).normalize();
  }

  private static String withoutHost(String rest) {
    if (!rest.startsWith("//")) {
      return rest;
    }
    int slash = rest.indexOf('/', 2);
    String host = rest.substring(2, slash < 0 ? rest.length() : slash);
    return slash >= 0 && (host.isEmpty() || host.equalsIgnoreCase(LOCALHOST))
        ? rest.substring(slash)
        : rest.substring(2);
  }

  /// @param path an absolute one
  static String format(Path path) {
    String text = path.toString();
    if (!path.isAbsolute()) {
      throw new IllegalArgumentException("not an absolute path: " + text);
    }
    if (text.indexOf(REPLACEMENT) < 0) {
      return "file://" + encode(text, PLAIN);
    }
    // It looks at the disk, and adds a slash to the name of a directory.
    String uri = path.toUri().toString();
    return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
  }

  private static String encode(String text, String plain) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (octet & 0xff);
      if (isAlphanumeric(character) || plain.indexOf(character) >= 0) {
        encoded.append(character);
      } else {
        encoded.append(String.format("%%%02X", octet));
      }
    }
    return encoded.toString();
  }

  private static boolean isAlphanumeric(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9');
  }
}
