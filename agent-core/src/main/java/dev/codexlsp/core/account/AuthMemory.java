package dev.codexlsp.core.account;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// A login that ends with the process. Any thread may use it.
final class AuthMemory implements AuthStore {
  private final Semaphore refreshing = new Semaphore(1);
  private volatile @Nullable AuthRecord kept;

  @Override
  public @Nullable AuthRecord read() {
    return kept;
  }

  @Override
  public void write(@Nullable AuthRecord login) {
    kept = login;
  }

  @Override
  public Exclusion exclude() throws InterruptedException {
    refreshing.acquire();
    return refreshing::release;
  }
}
