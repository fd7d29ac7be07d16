/// Commands on this machine.
///
/// [dev.codexlsp.exec.local.LocalBackend] looks the program up and hands it to a [Launcher]: on
/// Linux with glibc the one built on `posix_spawn`, elsewhere the portable one built on the JDK's
/// own processes. Both tell what happened through an [EventQueue], so that the consumer sees no
/// difference but the ones that [JdkLauncher] names.
///
/// The launcher on `posix_spawn` has one platform thread that owns every native handle: it starts
/// the children, polls their pipes and their ends, sends the signals and reaps. A call into C pins
/// the carrier of a virtual thread, and two that wait are enough to stall every virtual thread of a
/// machine with two cores. So what others call in C does not wait: they wake that thread, look once
/// what this system can do, and close what a [Search] has found on a platform thread of its own.
/// The one exception is [AdvisoryLock], and says so.
///
/// What a command has started ends with it when it is terminated, and when the backend is closed; a
/// command that ended by itself may leave something in the background. On Linux those that have
/// left the group and the session of the command are looked for, by rules that [Family] tells,
/// together with who is not found: a daemon that has cut every tie. With the launcher of the JDK it
/// is only the descendants whose parents all live.
///
/// Never in here: a policy of what may run, a decision about approvals, the words that the model
/// reads.
@NullMarked
package dev.codexlsp.exec.local;

import org.jspecify.annotations.NullMarked;
