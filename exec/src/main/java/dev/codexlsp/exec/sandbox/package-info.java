/// What a command may touch, and how that is said to the system. Pure: no I/O happens here.
///
/// [SandboxPolicy] is what users choose, [PermissionProfile] the same as rules, [Confinement] the
/// rules in one place, and [FileAccess] their meaning for a path.
///
/// Never in here: a file, a process, JSON.
@NullMarked
package dev.codexlsp.exec.sandbox;

import org.jspecify.annotations.NullMarked;
