package dev.codexlsp.server.protocol;

import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.tool.Terminals;
import java.nio.file.Path;

/// A command that has outlived its call.
public record BackgroundTerminal(ItemId itemId, String processId, String command, Path cwd) {

  public static BackgroundTerminal of(Terminals.Background command) {
    return new BackgroundTerminal(
        command.itemId(), command.processId(), command.command(), command.cwd());
  }
}
