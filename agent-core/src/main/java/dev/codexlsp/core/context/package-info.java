/// What the model is told besides the conversation: who it is, where it works, what it may do.
///
/// Pure rendering but for [ProjectDocFinder], which reads files on the caller's thread; the texts
/// are our own. Every text here is short and bounded by what it is made from. Never a JSON type:
/// what is rendered becomes an item of the history elsewhere.
@NullMarked
package dev.codexlsp.core.context;

import org.jspecify.annotations.NullMarked;
