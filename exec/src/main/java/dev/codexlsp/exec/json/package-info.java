/// Records as JSON, for every wire that is made of records: the exec-server's and the language
/// server's. Gson does the work; the adapters here are what is strict about it. Stateless.
///
/// Never in here: a method, a message, a type of one wire.
@NullMarked
package dev.codexlsp.exec.json;

import org.jspecify.annotations.NullMarked;
