/// TOML as values that know where they stand, and changes to a TOML text that leave everything else
/// as its author wrote it.
///
/// Reading is the parser's job, which nothing outside of this package knows. Changing is ours,
/// since no library keeps comments and layout: a small scanner finds where keys and values stand,
/// the change is spliced in, and the result is parsed again and compared with what was wanted, so
/// that a text that the scanner gets wrong is refused and never damaged.
///
/// Owner: none; values are immutable and everything is pure. Never in here: a file, a key that
/// means something.
@NullMarked
package dev.codexlsp.core.toml;

import org.jspecify.annotations.NullMarked;
