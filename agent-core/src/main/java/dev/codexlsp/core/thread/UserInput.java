package dev.codexlsp.core.thread;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of what the user sends.
public sealed interface UserInput {

  /// Words.
  ///
  /// @param textElements what the client has made parts of the text from; we only keep it
  record Text(String text, @Nullable List<TextElement> textElements) implements UserInput {
    public Text {
      textElements = textElements == null ? null : List.copyOf(textElements);
    }

    public Text(String text) {
      this(text, null);
    }
  }

  /// A picture within the message itself.
  ///
  /// @param url a `data:` one
  /// @param detail how closely it is to be looked at; ours are looked at closely
  record Image(String url, @Nullable String detail) implements UserInput {
    public Image {
      if (!url.startsWith("data:")) {
        throw new IllegalArgumentException(
            "remote image URLs are not supported; use an inline data URL instead");
      }
    }
  }

  /// A picture in a file of this machine.
  record LocalImage(Path path, @Nullable String detail) implements UserInput {}

  /// A skill that shall be used.
  ///
  /// @param path of its `SKILL.md`
  record Skill(String name, Path path) implements UserInput {}

  /// Something the user means, a file as a rule.
  ///
  /// @param path a path, or a URI of something that is no file
  record Mention(String name, String path) implements UserInput {}

  /// A part of a text that the client shows in a way of its own.
  ///
  /// @param placeholder what it shows instead
  record TextElement(ByteRange byteRange, @Nullable String placeholder) {}

  /// Bytes of the text in UTF-8.
  record ByteRange(long start, long end) {}
}
