/// What the user has decided: `config.toml` and what goes before and after it, and
/// `environments.toml`, which says where commands can run.
///
/// The files are the original's, with a few keys of our own. A key that nobody knows is reported
/// and skipped; a key that we do act on and cannot understand is an error with file, line and key,
/// never a guess, and a file that has become unusable keeps what it said before. The TOML parser is
/// loaded by the first file that has to be read, not before.
///
/// Owner: none; what is read is immutable, and [dev.codexlsp.core.config.ConfigLoader] and
/// [dev.codexlsp.core.config.ConfigWriter] may be shared. Never in here: the value of a secret that
/// is printed, a decision that depends on a thread.
@NullMarked
package dev.codexlsp.core.config;

import org.jspecify.annotations.NullMarked;
