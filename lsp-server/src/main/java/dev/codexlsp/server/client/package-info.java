/// What the server says to its client: notifications, questions, progress.
///
/// Called on the owners of the threads the client follows; answers of the client arrive on the reader thread. Nothing
/// here waits for an answer, and nothing here decides: an answer that makes no sense is passed on as no answer.
///
/// Never in here: state of a thread.
@NullMarked
package dev.codexlsp.server.client;

import org.jspecify.annotations.NullMarked;
