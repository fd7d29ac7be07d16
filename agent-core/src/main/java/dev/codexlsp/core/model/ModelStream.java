package dev.codexlsp.core.model;

/// The answer to one request, event by event. Belongs to the thread that opened it.
public interface ModelStream extends AutoCloseable {

  /// Waits for the next event. [ModelEvent.Completed] is the last one; there is nothing to ask for
  /// after it.
  ///
  /// @throws ModelException when the stream fails, is cut, or stays silent longer than the
  ///   provider's idle timeout
  ModelEvent next() throws ModelException, InterruptedException;

  /// Drops the connection when the answer has not been read to its end.
  @Override
  void close();
}
