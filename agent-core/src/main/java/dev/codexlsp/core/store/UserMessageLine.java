package dev.codexlsp.core.store;

import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.UserInput;
import dev.codexlsp.core.thread.UserInput.ByteRange;
import dev.codexlsp.core.thread.UserInput.TextElement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a user has sent, as the event of a rollout has it: one text and the names of pictures. The
/// history beside it holds each picture already, so the event names a file with it. What has no
/// room there (skills and mentions) is not lost either: the history says it.
final class UserMessageLine {
  private UserMessageLine() {}

  static RolloutLine.UserMessage of(Item.UserMessage message, Blobs blobs) {
    StringBuilder text = new StringBuilder();
    List<String> images = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    List<TextElement> elements = new ArrayList<>();
    for (UserInput input : message.content()) {
      switch (input) {
        case UserInput.Text part -> {
          elements.addAll(elements(part, bytes(text.toString())));
          text.append(part.text());
        }
        case UserInput.Image image -> {
          Path kept = blobs.keep(image.url());
          if (kept == null) {
            images.add(image.url());
          } else {
            files.add(kept);
          }
        }
        case UserInput.LocalImage image -> files.add(image.path());
        case UserInput.Skill _, UserInput.Mention _ -> {}
      }
    }
    return new RolloutLine.UserMessage(
        message.clientId(), text.toString(), images, files, elements);
  }

  /// The elements of a text that begins behind others.
  private static List<TextElement> elements(UserInput.Text part, long start) {
    List<TextElement> elements = part.textElements();
    return elements == null
        ? List.of()
        : elements.stream()
            .map(element ->
                new TextElement(
                    new ByteRange(
                        start + element.byteRange().start(), start + element.byteRange().end()),
                    element.placeholder()))
            .toList();
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
