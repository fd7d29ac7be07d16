/// The exec-server: lets a client on another machine run commands and use files here.
///
/// An [dev.codexlsp.exec.server.ExecServer] serves any number of connections, each on a thread of
/// its caller. A connection ([ExecConnection]) reads messages into a bounded queue, and one thread,
/// or as many as asked for, answers them in order. What outlives a connection belongs to a
/// [Session], which a client can come back to: its processes, whose one owner is the
/// [ProcessRegistry]. A process has a thread of its own ([ProcessPump]) that keeps the end of its
/// output and sends all of it to whoever is attached; a client that does not read holds that thread
/// back, and with it the process.
///
/// Never in here: a socket, a listener (they are in
/// [dev.codexlsp.exec.server.ws][dev.codexlsp.exec.server.ws.WsListener]), a decision about what
/// may run: whoever is connected may run anything.
@NullMarked
package dev.codexlsp.exec.server;

import org.jspecify.annotations.NullMarked;
