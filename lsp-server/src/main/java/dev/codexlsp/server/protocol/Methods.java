package dev.codexlsp.server.protocol;

import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.server.protocol.Row.ClientRequest;
import dev.codexlsp.server.protocol.Row.ServerNotification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Every method of ours, on one page. What LSP itself defines is not here.
public final class Methods {
  private Methods() {}

  /// What the LSP face puts before each name.
  public static final String LSP_PREFIX = "codex/";

  public static final ServerNotification<ServerRequestResolved> SERVER_REQUEST_RESOLVED =
      new ServerNotification<>("serverRequest/resolved", ServerRequestResolved.class);

  /// What clients may ask.
  public static final List<ClientRequest<?, ?>> CLIENT_REQUESTS = List.of();

  /// What happens to threads; each record is the params of one notification.
  private static final List<ServerNotification<? extends ThreadEvent>> EVENTS =
      List.of(
          event("error", ThreadEvent.ErrorOccurred.class),
          event("item/agentMessage/delta", ThreadEvent.AgentMessageDelta.class),
          event("item/commandExecution/outputDelta", ThreadEvent.CommandOutputDelta.class),
          event("item/completed", ThreadEvent.ItemCompleted.class),
          event("item/reasoning/summaryPartAdded", ThreadEvent.ReasoningSummaryPartAdded.class),
          event("item/reasoning/summaryTextDelta", ThreadEvent.ReasoningSummaryTextDelta.class),
          event("item/reasoning/textDelta", ThreadEvent.ReasoningTextDelta.class),
          event("item/started", ThreadEvent.ItemStarted.class),
          event("thread/started", ThreadEvent.ThreadStarted.class),
          event("thread/status/changed", ThreadEvent.ThreadStatusChanged.class),
          event("thread/tokenUsage/updated", ThreadEvent.TokenUsageUpdated.class),
          event("turn/completed", ThreadEvent.TurnCompleted.class),
          event("turn/started", ThreadEvent.TurnStarted.class));

  private static final Map<Class<?>, String> EVENT_NAMES = eventNames();

  /// The bare name of the notification that tells the event.
  public static String name(ThreadEvent event) {
    String name = EVENT_NAMES.get(event.getClass());
    if (name == null) {
      throw new IllegalArgumentException("no notification for " + event.getClass());
    }
    return name;
  }

  private static Map<Class<?>, String> eventNames() {
    Map<Class<?>, String> names = new HashMap<>();
    EVENTS.forEach(row -> names.put(row.params(), row.name()));
    return Map.copyOf(names);
  }

  private static <P extends ThreadEvent> ServerNotification<P> event(String name, Class<P> params) {
    return new ServerNotification<>(name, params);
  }
}
