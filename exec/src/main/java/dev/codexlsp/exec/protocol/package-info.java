/// The exec-server's wire, for both of its ends: the envelope, the methods and their records, and
/// the framing on byte streams.
///
/// It looks like JSON-RPC without the `jsonrpc` member. A record here is the params of the method
/// that it is named after, its `Result` is what the method answers, and a component's name is its
/// name on the wire. Gson stays in here: others see records and the opaque [Payload]. Everything
/// but a channel is immutable, and any thread may use it.
///
/// Never in here: a socket, a session, a decision.
@NullMarked
package dev.codexlsp.exec.protocol;

import org.jspecify.annotations.NullMarked;
