package dev.codexlsp.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.codexlsp.core.thread.ReviewTarget;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.Turn;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.core.thread.UserInput;
import dev.codexlsp.core.tool.Terminals;
import dev.codexlsp.core.turn.ThreadOverrides;
import dev.codexlsp.core.turn.TurnInput;
import dev.codexlsp.core.turn.TurnOptions;
import dev.codexlsp.core.turn.TurnWork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A real owner, and what clients ask of it. May be used by any thread.
final class LiveThread {
  private final ThreadId id;
  private final Path path;
  private final CountDownLatch removed = new CountDownLatch(1);
  private final ThreadActor actor;

  LiveThread(ThreadState state, TurnLauncher launcher, Audience audience) {
    this.id = state.id();
    this.path = state.rollout().path();
    this.actor = new ThreadActor(state, launcher, audience, removed::countDown);
    actor.start();
  }

  ThreadId id() {
    return id;
  }

  OpenedThread subscribe(Subscriber subscriber) throws InterruptedException {
    FakeReply<OpenedThread> reply = new FakeReply<>();
    actor.post(new Mail.Open(subscriber, reply));
    return reply.value();
  }

  void unsubscribe(Subscriber subscriber) {
    actor.post(new Mail.Unsubscribe(subscriber));
  }

  /// Starts a turn, and describes what it shall tell.
  Told start(String text) throws InterruptedException {
    FakeReply<Turn> reply = startUnheard(text);
    return new Told(id, reply.value().id(), text);
  }

  FakeReply<Turn> startUnheard(String text) {
    FakeReply<Turn> reply = new FakeReply<>();
    TurnWork.Conversation work =
        new TurnWork.Conversation(
            TurnInput.of(List.of(new UserInput.Text(text))), TurnOptions.NONE);
    actor.post(new Mail.StartTurn(work, ThreadOverrides.NONE, reply));
    return reply;
  }

  FakeReply<TurnId> steer(TurnId turnId, String text) {
    FakeReply<TurnId> reply = new FakeReply<>();
    actor.post(new Mail.SteerTurn(TurnInput.of(List.of(new UserInput.Text(text))), turnId, reply));
    return reply;
  }

  FakeReply<ThreadId> compact() {
    FakeReply<ThreadId> reply = new FakeReply<>();
    actor.post(new Mail.StartCompaction(reply));
    return reply;
  }

  FakeReply<Turn> review() {
    FakeReply<Turn> reply = new FakeReply<>();
    actor.post(new Mail.StartReview(new ReviewTarget.UncommittedChanges(), reply));
    return reply;
  }

  /// Waits until the owner has dealt with all that was posted before.
  void ask() throws InterruptedException {
    FakeReply<List<Terminals.Background>> reply = new FakeReply<>();
    actor.post(new Mail.ListTerminals(reply));
    reply.value();
  }

  FakeReply<TurnId> interrupt(TurnId turnId) {
    FakeReply<TurnId> reply = new FakeReply<>();
    actor.post(new Mail.InterruptTurn(turnId, reply));
    return reply;
  }

  CountDownLatch postClose() {
    CountDownLatch done = new CountDownLatch(1);
    actor.post(new Mail.Close(done));
    return done;
  }

  /// Ends the owner and waits for that. May be repeated.
  void close() throws InterruptedException {
    if (removed.getCount() == 0) {
      return;
    }
    assertThat(postClose().await(Patience.LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    assertThat(removed.getCount()).isZero();
  }

  Path path() {
    return path;
  }

  /// The types of the lines on disk; an event's is that of its payload. A line that was torn before
  /// its first byte is empty.
  List<String> lines() {
    try (Stream<String> lines = Files.lines(path)) {
      return lines.filter(line -> !line.isEmpty()).map(LiveThread::type).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String type(String line) {
    JsonObject json = JsonParser.parseString(line).getAsJsonObject();
    String type = json.get("type").getAsString();
    return type.equals("event_msg")
        ? json.getAsJsonObject("payload").get("type").getAsString()
        : type;
  }
}
