/// The program: its arguments, its streams, its end, and the only place where the parts are put
/// together.
///
/// Never in here: a method of the protocol, a decision about a thread.
@NullMarked
package dev.codexlsp.server;

import org.jspecify.annotations.NullMarked;
