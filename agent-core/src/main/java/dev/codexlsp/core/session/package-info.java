/// The owners of live threads.
///
/// Each live thread has one virtual thread, its owner, and one mailbox; all of its changing state
/// is touched there and nowhere else. The closed list of what can happen to a thread is
/// [dev.codexlsp.core.session.Mail]. The owner never waits for a turn, a process, a model or a
/// human; writing to a client's stream is the one thing that may hold it up.
@NullMarked
package dev.codexlsp.core.session;

import org.jspecify.annotations.NullMarked;
