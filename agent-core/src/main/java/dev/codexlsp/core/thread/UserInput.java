package dev.codexlsp.core.thread;

/// A piece of what the user sends.
public sealed interface UserInput {

  record Text(String text) implements UserInput {}
}
