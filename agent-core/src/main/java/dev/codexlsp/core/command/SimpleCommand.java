package dev.codexlsp.core.command;

import java.util.List;

/// One program with its words, all of them literal: no shell expands or redirects anything more.
///
/// @param words the program and its arguments; never empty
public record SimpleCommand(List<String> words) {
  public SimpleCommand {
    words = List.copyOf(words);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a command without words");
    }
  }

  public String program() {
    return words.getFirst();
  }

  public List<String> arguments() {
    return words.subList(1, words.size());
  }

  /// The program without the folders before it.
  public String name() {
    return baseName(program());
  }

  static String baseName(String program) {
    return program.substring(program.lastIndexOf('/') + 1);
  }
}
