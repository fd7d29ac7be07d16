/// What travels: the table of methods, the envelope records around the nouns of
/// [dev.codexlsp.core.thread], and how all of them look as JSON.
///
/// A record here is the params or the result of one method, and a component's name is its name on
/// the wire. Everything is immutable; any thread may use it.
///
/// Never in here: a handler, a stream, a decision.
@NullMarked
package dev.codexlsp.server.protocol;

import org.jspecify.annotations.NullMarked;
