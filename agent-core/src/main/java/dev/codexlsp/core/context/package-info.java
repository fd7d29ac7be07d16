/// What the model is told besides the conversation: who it is, where it works, what it may do.
///
/// Pure rendering; the texts are our own. Every text here is short and bounded by what it is made
/// from.
@NullMarked
package dev.codexlsp.core.context;

import org.jspecify.annotations.NullMarked;
