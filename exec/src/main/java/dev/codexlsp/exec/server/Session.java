package dev.codexlsp.exec.server;

import dev.codexlsp.exec.protocol.ExecMessage;
import dev.codexlsp.exec.protocol.Payload;
import dev.codexlsp.exec.protocol.Row;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// What a client can come back to when its connection was lost.
///
/// [Sessions] decides who is attached; any thread may tell the client something.
final class Session {
  private static final Logger LOG = Logger.getLogger(Session.class.getName());

  private final String id;

  /// Written by [Sessions] under its lock.
  private volatile @Nullable ExecConnection attached;

  Session(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  boolean isAttachedTo(ExecConnection connection) {
    return connection.equals(attached);
  }

  boolean isAttached() {
    return attached != null;
  }

  void attach(@Nullable ExecConnection connection) {
    attached = connection;
  }

  /// Tells the client something; nobody hears it while none is attached. While the client does not
  /// read, it waits.
  <P extends Record> void tell(Row.Notification<P> row, P params) throws InterruptedException {
    @Nullable ExecConnection connection = attached;
    if (connection != null) {
      try {
        connection.tell(new ExecMessage.Notification(row.name(), Payload.of(params)));
      } catch (IOException gone) {
        LOG.log(Level.FINE, "nobody heard {0}: {1}", new Object[] {row.name(), gone});
      }
    }
  }
}
