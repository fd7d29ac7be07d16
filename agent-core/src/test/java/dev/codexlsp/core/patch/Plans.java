package dev.codexlsp.core.patch;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Patches that are read and held against files in memory.
final class Plans {
  static final Path FOLDER = Path.of("/w");

  private Plans() {}

  /// @param files by name in [#FOLDER], or what is there instead of a text
  static PlanResult plan(Map<String, String> files, String... lines) throws Exception {
    Map<Path, SourceFile> found = new HashMap<>();
    files.forEach((name, text) -> found.put(FOLDER.resolve(name), source(text)));
    return PatchPlanner.plan(
        parse(PatchParserTest.patch(lines)),
        FOLDER,
        path -> found.getOrDefault(path, new SourceFile.Missing()));
  }

  /// What an update makes of a file, or why it does not.
  static String update(String before, String... lines) throws Exception {
    return switch (plan(Map.of("f", before), "*** Update File: f", String.join("\n", lines))) {
      case PlanResult.Planned(List<FileChange> changes) ->
          ((FileChange.Updated) changes.getFirst()).after();
      case PlanResult.Refused(String reason) -> reason;
    };
  }

  static Patch parse(String text) {
    return switch (PatchParser.parse(text)) {
      case ParseResult.Parsed(Patch patch) -> patch;
      case ParseResult.Malformed malformed -> throw new AssertionError(malformed.message());
    };
  }

  private static SourceFile source(String text) {
    if (text.equals("<folder>")) {
      return new SourceFile.Unreadable("not a file");
    }
    return SourceFile.of(
        ByteBuffer.wrap(
            text.equals("<binary>")
                ? new byte[] {'a', (byte) 0xff}
                : text.getBytes(StandardCharsets.UTF_8)));
  }
}
