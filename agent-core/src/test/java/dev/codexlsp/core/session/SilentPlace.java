package dev.codexlsp.core.session;

import dev.codexlsp.exec.ExecBackend;
import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.FileSystem;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Surroundings;
import dev.codexlsp.exec.local.LocalBackend;
import dev.codexlsp.exec.sandbox.Confinement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Another place, on this machine, that keeps whoever asks for its files waiting. Any thread may
/// call it.
final class SilentPlace implements ExecBackend {
  private final LocalBackend here = new LocalBackend(Duration.ofMillis(300), Map.of());
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch speaks = new CountDownLatch(1);

  void awaitAsked() {
    Patience.await(asked);
  }

  void speak() {
    speaks.countDown();
  }

  @Override
  public FileSystem files() {
    asked.countDown();
    Patience.await(speaks);
    return here.files();
  }

  @Override
  public FileSystem files(@Nullable Confinement sandbox) {
    return here.files(sandbox);
  }

  @Override
  public ExecProcess start(ProcessSpec spec) throws ExecException, InterruptedException {
    return here.start(spec);
  }

  @Override
  public Surroundings surroundings() {
    return here.surroundings();
  }

  @Override
  public void close() {
    speak();
    here.close();
  }
}
