package dev.codexlsp.core.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// A file with every kind of key, and what becomes of it in clumsy hands.
public final class MutatedToml {
  private MutatedToml() {}

  public static final String VALID =
      """
      model = "gpt-5.5"
      model_provider = "mine" # ours
      model_context_window = 100_000
      model_verbosity = "low"
      personality = "none"
      approval_policy = { granular = { rules = true } }
      sandbox_mode = "workspace-write"
      project_root_markers = [".git", ".hg"]
      project_doc_max_bytes = 1000
      developer_instructions = \"\"\"
      Be kind.
      Be brief.\"\"\"
      cli_auth_credentials_store = "file"
      openai_base_url = "http://127.0.0.1:9/v1"
      profile = "quick"

      [profiles.quick]
      model_reasoning_effort = "low"

      [sandbox_workspace_write]
      writable_roots = ["/data", '~/more']
      network_access = true

      [model_providers.mine]
      name = "Mine"
      base_url = "http://127.0.0.1:9/v1"
      query_params = { v = "1" }
      http_headers = { x-a = "a" }
      stream_max_retries = 2

      [projects."/home/ada/project"]
      trust_level = "trusted"

      [shell_environment_policy]
      inherit = "core"
      set = { A = "1" }

      [[skills.config]]
      name = "mine"
      enabled = false
      """;

  private static final List<String> PIECES =
      List.of(
          "[",
          "]",
          "{",
          "}",
          "\"",
          "'",
          "=",
          ".",
          ",",
          "#",
          "\n",
          "\\",
          "\u0000",
          "\uD800",
          "é",
          "[[",
          "\"\"\"",
          "1e999",
          "99999999999999999999",
          "true",
          "[x]\n",
          "model = 1\n",
          "\r");

  private static final List<String> VALUES =
      List.of(
          "1",
          "-1",
          "true",
          "\"\"",
          "\"word\"",
          "[]",
          "[1, \"a\"]",
          "{}",
          "{ a = 1 }",
          "1.5",
          "1979-05-27",
          "nan");

  /// One to three things go wrong.
  public static String of(Random random) {
    StringBuilder text = new StringBuilder(VALID);
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      mutate(text, random);
    }
    return text.toString();
  }

  private static void mutate(StringBuilder text, Random random) {
    int at = random.nextInt(text.length() + 1);
    switch (random.nextInt(6)) {
      case 0 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(30)));
      case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
      case 2 -> text.setLength(at);
      case 3 -> valueOfALine(text, random);
      default -> shuffleLines(text, random);
    }
  }

  private static void valueOfALine(StringBuilder text, Random random) {
    List<String> lines = lines(text);
    int line = random.nextInt(lines.size());
    String[] sides = lines.get(line).split("=", 2);
    lines.set(line, sides[0] + "= " + VALUES.get(random.nextInt(VALUES.size())));
    replace(text, lines);
  }

  private static void shuffleLines(StringBuilder text, Random random) {
    List<String> lines = lines(text);
    String line = lines.get(random.nextInt(lines.size()));
    lines.add(random.nextInt(lines.size() + 1), line);
    if (random.nextBoolean()) {
      lines.remove(random.nextInt(lines.size()));
    }
    replace(text, lines);
  }

  private static List<String> lines(StringBuilder text) {
    return new ArrayList<>(Arrays.asList(text.toString().split("\n", -1)));
  }

  private static void replace(StringBuilder text, List<String> lines) {
    text.setLength(0);
    text.append(String.join("\n", lines));
  }
}
