package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.Inheritance;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Stdio;
import dev.codexlsp.exec.protocol.ProcessStart;
import dev.codexlsp.exec.protocol.SandboxMember;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A wish for a command as the wire has it. Pure.
final class Starts {
  private Starts() {}

  static ProcessStart of(String processId, ProcessSpec spec) {
    boolean isTerminal =
        switch (spec.stdio()) {
          case Stdio.Terminal _ -> true;
          case Stdio.Pipes _ -> false;
        };
    return new ProcessStart(
        processId,
        spec.argv(),
        spec.directory(),
        new TreeMap<>(spec.environment()),
        isTerminal,
        spec.stdio().equals(new Stdio.Pipes(true)),
        spec.arg0(),
        policy(spec.inherited()),
        spec.sandbox() == null ? null : SandboxMember.of(spec.sandbox()),
        false,
        null,
        null,
        null);
  }

  private static ProcessStart.@Nullable EnvPolicy policy(@Nullable Inheritance inherited) {
    return inherited == null
        ? null
        : new ProcessStart.EnvPolicy(
            switch (inherited.from()) {
              case ALL -> ProcessStart.Inherit.ALL;
              case CORE -> ProcessStart.Inherit.CORE;
              case NONE -> ProcessStart.Inherit.NONE;
            },
            inherited.keepSecretLike(),
            inherited.exclude(),
            inherited.set(),
            inherited.includeOnly());
  }
}
