package dev.codexlsp.exec;

import java.util.List;

/// What a command in another place gets of the environment there, which nobody here knows.
///
/// @param keepSecretLike whether it gets the variables whose names look like a credential's: those
///   with `KEY`, `SECRET` or `TOKEN` in them
/// @param exclude the names of others that it does not get; `*` stands for anything
public record Inheritance(boolean keepSecretLike, List<String> exclude) {
  public Inheritance {
    exclude = List.copyOf(exclude);
  }
}
