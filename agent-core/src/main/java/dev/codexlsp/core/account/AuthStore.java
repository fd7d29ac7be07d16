package dev.codexlsp.core.account;

import org.jspecify.annotations.Nullable;

/// Where a login is kept.
interface AuthStore {

  /// Null when nobody is signed in.
  @Nullable AuthRecord read() throws AccountException;

  /// Replaces what is kept; null forgets it.
  void write(@Nullable AuthRecord login) throws AccountException, InterruptedException;

  /// Keeps everybody else from refreshing until it is closed.
  Exclusion exclude() throws AccountException, InterruptedException;

  /// A time in which only one refreshes.
  interface Exclusion extends AutoCloseable {
    @Override
    void close();
  }
}
