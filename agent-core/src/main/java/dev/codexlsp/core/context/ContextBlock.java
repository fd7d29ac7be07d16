package dev.codexlsp.core.context;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All that a model is told about where it works, and what of it a history lacks. What was said
/// before is found in the history itself, so it holds after a resume and after a compaction too.
/// Pure.
public final class ContextBlock {
  private final Map<Section, String> texts = new EnumMap<>(Section.class);

  /// A message of the context.
  public record Message(Section.Role role, List<String> parts) {
    public Message {
      parts = List.copyOf(parts);
    }
  }

  /// Adds what is to be said of a section.
  ///
  /// @param text null or empty for nothing
  public ContextBlock with(Section section, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      texts.put(section, text);
    }
    return this;
  }

  /// The messages that a history needs so that it ends with the truth: all of them for an empty
  /// one, none when nothing has changed.
  ///
  /// @param history the developer's and the user's messages, the oldest first
  public List<Message> missingIn(List<Message> history) {
    Map<Section, String> latest = latest(history);
    List<Message> messages = new ArrayList<>();
    for (Section.Role role : Section.Role.values()) {
      List<String> parts = new ArrayList<>();
      for (Section section : Section.values()) {
        String part = section.role() == role ? change(section, latest.get(section)) : null;
        if (part != null) {
          parts.add(part);
        }
      }
      if (!parts.isEmpty()) {
        messages.add(new Message(role, parts));
      }
    }
    return messages;
  }

  /// What has to be said of a section; null for nothing.
  private @Nullable String change(Section section, @Nullable String before) {
    String now = texts.get(section);
    if (now == null) {
      String gone = section.gone();
      return before == null || before.equals(gone) ? null : gone;
    }
    if (before == null) {
      return now;
    }
    String again = section == Section.PROJECT_DOCS ? ProjectDocs.replacing(now) : now;
    return before.equals(now) || before.equals(again) ? null : again;
  }

  /// What was said last of a section; null for nothing.
  public static @Nullable String latest(List<Message> history, Section section) {
    return latest(history).get(section);
  }

  private static Map<Section, String> latest(List<Message> history) {
    Map<Section, String> latest = new EnumMap<>(Section.class);
    for (Message message : history) {
      for (String part : message.parts()) {
        Section section = Section.of(message.role(), part);
        if (section != null) {
          latest.put(section, part);
        }
      }
    }
    return latest;
  }
}
