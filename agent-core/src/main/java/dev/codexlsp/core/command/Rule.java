package dev.codexlsp.core.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line of a rule file.
public sealed interface Rule {

  /// About commands that begin with these words.
  ///
  /// @param pattern for each place the words that may stand there
  /// @param justification why, for the user and the model
  record Prefix(List<List<String>> pattern, RuleDecision decision, @Nullable String justification)
      implements Rule {
    public Prefix {
      pattern = pattern.stream().map(List::copyOf).toList();
    }

    /// A rule that allows what begins with exactly these words.
    public static Prefix allow(List<String> words) {
      return new Prefix(words.stream().map(List::of).toList(), RuleDecision.ALLOW, null);
    }

    boolean matches(List<String> words) {
      if (words.size() < pattern.size()) {
        return false;
      }
      for (int i = 0; i < pattern.size(); i++) {
        if (!pattern.get(i).contains(words.get(i))) {
          return false;
        }
      }
      return true;
    }
  }

  /// About connections to one host.
  ///
  /// @param host in lower case, without a port
  record Network(
      String host, Protocol protocol, RuleDecision decision, @Nullable String justification)
      implements Rule {}

  /// The paths under which a program is the one that rules mean by its bare name.
  record HostExecutable(String name, List<String> paths) implements Rule {
    public HostExecutable {
      paths = List.copyOf(paths);
    }
  }

  /// How a host is reached.
  enum Protocol {
    HTTP,
    HTTPS,
    SOCKS5_TCP,
    SOCKS5_UDP
  }
}
