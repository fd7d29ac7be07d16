/// The agent's front door: what a server needs to open threads and to run turns in them.
@NullMarked
package dev.codexlsp.core;

import org.jspecify.annotations.NullMarked;
