/// What the user has decided: `CODEX_HOME/config.toml`, as far as we act on it, and
/// `environments.toml`, which says where commands can run.
///
/// The file is the original's, with one table of our own (`[codex_lsp]`). Keys that mean nothing to
/// us yet are skipped, so a file written for the original is read; a key that we do act on and
/// cannot understand is an error with file, line and key, never a guess. The TOML parser is loaded
/// by the first file that has to be read, not before.
///
/// Owner: none; what is read is immutable, and [dev.codexlsp.core.config.ConfigLoader] may be
/// shared. Never in here: the value of a secret that is printed, a decision that depends on a
/// thread.
@NullMarked
package dev.codexlsp.core.config;

import org.jspecify.annotations.NullMarked;
