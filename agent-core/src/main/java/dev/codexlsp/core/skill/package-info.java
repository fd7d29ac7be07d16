/// Skills: folders with a `SKILL.md` that say how a kind of task is done. Found, read, listed for
/// the model and for pickers, and put into the conversation when the user names one.
///
/// Any thread may use it; files are those of this machine. What a skill says is text for a model,
/// never a program to be run here, and every number and size is bounded.
@NullMarked
package dev.codexlsp.core.skill;

import org.jspecify.annotations.NullMarked;
