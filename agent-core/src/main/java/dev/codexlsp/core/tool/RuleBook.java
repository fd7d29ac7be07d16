package dev.codexlsp.core.tool;

import dev.codexlsp.core.command.BannedPrefixes;
import dev.codexlsp.core.command.CommandRules;
import dev.codexlsp.core.config.ConfigException;
import dev.codexlsp.core.config.RuleFiles;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The rules of the user for the commands of one turn, with those that the user adds meanwhile. The
/// calls of the turn share it.
public final class RuleBook {
  private static final System.Logger LOG = System.getLogger(RuleBook.class.getName());

  private final @Nullable RuleFiles files;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock: read when the first command is judged.
  private @Nullable CommandRules rules;

  private RuleBook(@Nullable RuleFiles files) {
    this.files = files;
  }

  /// What the files say. What is wrong with them is logged.
  public static RuleBook of(RuleFiles files) {
    return new RuleBook(files);
  }

  /// One without rules, for somebody who has nobody to ask.
  public static RuleBook none() {
    return new RuleBook(null);
  }

  CommandRules rules() {
    lock.lock();
    try {
      if (rules == null) {
        rules = read(files);
      }
      return rules;
    } finally {
      lock.unlock();
    }
  }

  private static CommandRules read(@Nullable RuleFiles files) {
    if (files == null) {
      return CommandRules.NONE;
    }
    RuleFiles.Loaded loaded = files.load();
    loaded.warnings().forEach(warning -> LOG.log(System.Logger.Level.WARNING, warning));
    return loaded.rules();
  }

  /// Allows what begins with these words from now on, and for good. A rule that cannot be stored
  /// holds for the turn. False when there must not be such a rule.
  boolean allow(List<String> prefix) throws InterruptedException {
    if (files == null || BannedPrefixes.isBanned(prefix)) {
      return false;
    }
    lock.lock();
    try {
      rules = rules().allowing(prefix);
    } finally {
      lock.unlock();
    }
    try {
      files.append(prefix);
    } catch (ConfigException unwritable) {
      LOG.log(System.Logger.Level.WARNING, "a rule is not stored", unwritable);
    }
    return true;
  }
}
