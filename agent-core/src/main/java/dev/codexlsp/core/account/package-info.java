/// Who the user is with OpenAI: `CODEX_HOME/auth.json`, which the original's programs share with
/// us, or the memory of this process for those who want no file.
///
/// The file is the truth where there is one. It is read whenever a credential is needed, so a login
/// or a refresh of another program counts at once; it is written in one piece, readable by its
/// owner only, and under the original's locks, so that two programs do not use up one refresh
/// token. Members that mean nothing to us stay.
///
/// Owner: none; what is kept between calls lies in the file, or in the one field of the memory.
/// Never in here: a secret in a message or a log, providers that have a credential of their own.
@NullMarked
package dev.codexlsp.core.account;

import org.jspecify.annotations.NullMarked;
