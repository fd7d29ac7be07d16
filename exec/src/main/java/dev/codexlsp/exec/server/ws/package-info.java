/// The door of the exec-server to a network: WebSockets by Jetty, and who may come in.
///
/// It is a room of its own because nothing of Jetty may be loaded by a server that speaks over its
/// standard streams, and because a network door has rules that the rest of the server need not
/// know. Each connection is served on a virtual thread; Jetty's own threads only carry bytes.
///
/// Never in here: a method of the protocol, a process, a file.
@NullMarked
package dev.codexlsp.exec.server.ws;

import org.jspecify.annotations.NullMarked;
