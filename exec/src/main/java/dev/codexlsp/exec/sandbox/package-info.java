/// What a command may touch. Pure: no I/O happens here.
///
/// Nothing confines a command yet; until something does, the agent asks before every command.
@NullMarked
package dev.codexlsp.exec.sandbox;

import org.jspecify.annotations.NullMarked;
