/// Commands and files of another place, by the exec-server protocol.
///
/// [dev.codexlsp.exec.remote.RemoteBackend] keeps one session with one server. A physical
/// connection may break and be replaced; the session, its processes and what their consumers have
/// seen go on. The events of each process are brought into the order of their numbers by an
/// [EventOrder]; what did not arrive is read again, so that a consumer sees no difference to a
/// command on this machine but the time it takes. Only one that is slow for seconds may miss
/// output, and is told so: a connection has many processes and cannot wait for one of them for
/// ever.
///
/// When a place cannot be reached, its commands fail. Nothing in here ever runs a command on this
/// machine; the only program started is the one whose pipe carries the protocol.
///
/// Never in here: what the server does, a decision about approvals, the words that the model reads.
@NullMarked
package dev.codexlsp.exec.remote;

import org.jspecify.annotations.NullMarked;
