package dev.codexlsp.core.account;

import org.jspecify.annotations.Nullable;

/// Who is signed in, as far as others may know.
public sealed interface Account {

  /// Whoever has the key.
  record ApiKey() implements Account {}

  /// A user of ChatGPT.
  ///
  /// @param planType one of the original's words; `unknown` when the token names none
  record Chatgpt(@Nullable String email, String planType) implements Account {}
}
