package dev.codexlsp.core.tool;

import dev.codexlsp.core.command.BannedPrefixes;
import dev.codexlsp.core.command.CommandRules;
import dev.codexlsp.core.config.ConfigException;
import dev.codexlsp.core.config.RuleFiles;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The rules of the user for the commands of one turn, with those that the user adds meanwhile. The
/// calls of the turn share it.
public final class RuleBook {
  private static final System.Logger LOG = System.getLogger(RuleBook.class.getName());

  private final AtomicReference<CommandRules> rules;
  private final @Nullable RuleFiles files;

  private RuleBook(CommandRules rules, @Nullable RuleFiles files) {
    this.rules = new AtomicReference<>(rules);
    this.files = files;
  }

  /// What the files say now. What is wrong with them is logged.
  public static RuleBook read(RuleFiles files) {
    RuleFiles.Loaded loaded = files.load();
    loaded.warnings().forEach(warning -> LOG.log(System.Logger.Level.WARNING, warning));
    return new RuleBook(loaded.rules(), files);
  }

  /// One without rules, for somebody who has nobody to ask.
  public static RuleBook none() {
    return new RuleBook(CommandRules.NONE, null);
  }

  CommandRules rules() {
    return rules.get();
  }

  /// Allows what begins with these words from now on, and for good. A rule that cannot be stored
  /// holds for the turn. False when there must not be such a rule.
  boolean allow(List<String> prefix) throws InterruptedException {
    if (files == null || BannedPrefixes.isBanned(prefix)) {
      return false;
    }
    rules.updateAndGet(known -> known.allowing(prefix));
    try {
      files.append(prefix);
    } catch (ConfigException unwritable) {
      LOG.log(System.Logger.Level.WARNING, "a rule is not stored", unwritable);
    }
    return true;
  }
}
