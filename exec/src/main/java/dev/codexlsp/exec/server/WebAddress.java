package dev.codexlsp.exec.server;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Where a web server is, as people and programs write it. Pure.
///
/// @param uri without the user
/// @param credentials for the `Authorization` header; null when the address names no user
record WebAddress(URI uri, @Nullable String credentials) {
  /// What a URI does not have, though it is often written there.
  private static final String UNSAFE = " \"<>\\^`{|}";

  private static final int FIRST_PRINTABLE = 0x20;
  private static final int LAST_PRINTABLE = 0x7e;

  static WebAddress of(String url) throws Refused {
    try {
      URI uri = URI.create(encoded(url));
      if (uri.getScheme() == null) {
        throw Refused.invalidParams("http/request url is invalid: relative URL without a base");
      }
      if (!isWeb(uri)) {
        throw Refused.invalidParams(
            "http/request only supports http and https URLs, got " + uri.getScheme());
      }
      @Nullable String user = uri.getUserInfo();
      return user == null ? new WebAddress(uri, null) : new WebAddress(anonymous(uri), basic(user));
    } catch (IllegalArgumentException malformed) {
      throw Refused.invalidParams("http/request url is invalid: " + malformed.getMessage());
    }
  }

  static boolean isWeb(URI uri) {
    return "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
  }

  /// The address with what it must not contain as `%XX`, in UTF-8.
  static String encoded(String url) {
    StringBuilder encoded = new StringBuilder();
    for (byte unsigned : url.strip().getBytes(StandardCharsets.UTF_8)) {
      int character = Byte.toUnsignedInt(unsigned);
      if (character < FIRST_PRINTABLE
          || character > LAST_PRINTABLE
          || UNSAFE.indexOf(character) >= 0) {
        encoded.append("%%%02X".formatted(character));
      } else {
        encoded.append((char) character);
      }
    }
    return encoded.toString();
  }

  private static URI anonymous(URI uri) {
    return URI.create(uri.toString().replaceFirst("//[^/?#]*@", "//"));
  }

  private static String basic(String user) {
    String pair = user.contains(":") ? user : user + ":";
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
