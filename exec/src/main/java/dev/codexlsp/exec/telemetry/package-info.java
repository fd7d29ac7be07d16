/// What an exec-server tells of itself by OpenTelemetry's API: metrics, spans and log events, with
/// the names of the original's, and no id, command, path, host or URL in a label.
///
/// Whoever builds the SDK is elsewhere; without one all of this does nothing. Any thread may call
/// it, and nothing here waits. Never here: what a client wrote or a command printed.
@NullMarked
package dev.codexlsp.exec.telemetry;

import org.jspecify.annotations.NullMarked;
