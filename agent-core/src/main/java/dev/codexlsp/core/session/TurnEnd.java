package dev.codexlsp.core.session;

import dev.codexlsp.core.thread.Turn;
import org.jspecify.annotations.Nullable;

/// How a turn is told to clients and to the rollout.
record TurnEnd(Turn turn, @Nullable String lastAgentMessage) {}
