package dev.codexlsp.core.thread;

/// What a command seems to do, as a hint for display. Never used for a decision.
public sealed interface CommandAction {

  /// Nothing better is known than the text itself.
  record Unknown(String command) implements CommandAction {}
}
