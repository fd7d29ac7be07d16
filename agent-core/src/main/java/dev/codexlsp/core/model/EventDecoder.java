package dev.codexlsp.core.model;

import java.util.List;

/// Turns the data of server-sent events into what the agent acts on. Belongs to one answer, and to
/// the thread that reads it.
interface EventDecoder {

  /// What one event says, in order; often one thing, sometimes nothing.
  ///
  /// @throws ModelException when the event says that the answer has failed
  List<ModelEvent> decode(String data) throws ModelException;

  /// What the end of the body says: [ModelEvent.Completed] as the last thing, where the end may
  /// speak for itself.
  ///
  /// @throws ModelException when something was missing
  List<ModelEvent> atEnd() throws ModelException;

  /// What a whole answer ends with, for messages.
  String lastEvent();
}
