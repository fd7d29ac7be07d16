package dev.codexlsp.core.context;

/// Text within the tags that models read.
final class Markup {
  private Markup() {}

  /// A folder may be named so that its name looks like markup; the model must not read it as such.
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\r", "&#13;")
        .replace("\n", "&#10;");
  }
}
