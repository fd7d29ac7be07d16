package dev.codexlsp.server.client;

import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.ServerRequest;
import dev.codexlsp.core.session.SettingsUpdated;
import dev.codexlsp.core.session.Subscriber;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.ThreadListener;
import dev.codexlsp.server.lsp.ClientProfile;
import dev.codexlsp.server.rpc.ClientEndpoint;
import java.util.function.Consumer;

/// A client as a subscriber of threads: it hears through its voice, sees progress, and is asked.
public final class Follower implements Subscriber {
  private final ThreadListener voice;
  private final Consumer<SettingsUpdated> settings;
  private final TurnProgress progress;
  private final ApprovalPrompter prompter;

  private Follower(
      ThreadListener voice,
      Consumer<SettingsUpdated> settings,
      TurnProgress progress,
      ApprovalPrompter prompter) {
    this.voice = voice;
    this.settings = settings;
    this.progress = progress;
    this.prompter = prompter;
  }

  /// For a client that speaks our methods.
  public static Follower withNotifications(
      ClientEndpoint client,
      ClientProfile profile,
      TurnProgress progress,
      ApprovalPrompter prompter) {
    ClientNotifier notifier = new ClientNotifier(client, profile);
    return new Follower(notifier, notifier::tell, progress, prompter);
  }

  /// For a client that knows only LSP.
  public static Follower withMessages(
      ClientEndpoint client, TurnProgress progress, ApprovalPrompter prompter) {
    return new Follower(new MessageVoice(new Messages(client)), _ -> {}, progress, prompter);
  }

  @Override
  public void onEvent(ThreadEvent event) {
    prompter.onEvent(event);
    voice.onEvent(event);
    progress.onEvent(event);
  }

  @Override
  public void onSettings(SettingsUpdated updated) {
    settings.accept(updated);
  }

  @Override
  public Question ask(ServerRequest request, Consumer<Answer> answer) {
    return prompter.ask(request, answer);
  }
}
