/// The demo: the real server as a child process, seen through the eyes of a client that prints what
/// it sees, with a scripted model behind it so that it needs no key and no network.
///
/// The demo's own thread prints, asks and decides; the reader of the child's messages only puts
/// them into its queue, and the scripted model has a thread per request.
///
/// Never in here: anything that the server uses when it serves, an answer of the scripted model
/// that does not show that it is scripted.
@NullMarked
package dev.codexlsp.server.demo;

import org.jspecify.annotations.NullMarked;
