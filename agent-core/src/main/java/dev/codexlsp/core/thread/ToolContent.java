package dev.codexlsp.core.thread;

/// A part of what a tool of the client gives back.
public sealed interface ToolContent {

  record InputText(String text) implements ToolContent {}

  /// A picture.
  ///
  /// @param imageUrl a `data:` URL
  record InputImage(String imageUrl) implements ToolContent {}
}
