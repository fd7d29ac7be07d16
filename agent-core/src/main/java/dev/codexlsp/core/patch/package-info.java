/// Patches as the model writes them: the grammar with its leniency, the search for the lines that a
/// patch names, the texts that result, and what changed as unified diffs.
///
/// A patch is planned as a whole before anything is written: either every change is known, or
/// nothing is. Text goes in and text comes out; whoever holds a plan writes it.
///
/// Owner: none, all is immutable, but for [TurnDiff], which belongs to one turn's thread. Never in
/// here: I/O, JSON, whether a patch is allowed.
@NullMarked
package dev.codexlsp.core.patch;

import org.jspecify.annotations.NullMarked;
