/// The nouns of a conversation: threads, turns, items, and what happens to them.
///
/// The records here are what goes on the wire; a component's name is its name there, so a change of
/// a record is a change of the protocol. Tags and spellings of sealed types live with the JSON
/// adapters of the server.
///
/// Owner: none, everything is immutable. Never in here: JSON types, I/O, any decision.
@NullMarked
package dev.codexlsp.core.thread;

import org.jspecify.annotations.NullMarked;
