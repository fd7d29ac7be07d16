// A rule for commands that begin with the same words, as the user is asked about it.
import type { AmendedDecision } from './questions';
import { oneLine } from './visibleText';

/** A button shows about so much before it is cut. */
const LONGEST_TITLE = 60;

/** Words that a shell would read as they stand. */
const PLAIN = /^[\p{L}\p{N}_@%+=:,./-]+$/u;

/** The words as a shell would read them, so that it can be seen where each of them ends. */
export function amendedWords(decision: AmendedDecision): string {
  const words = decision.acceptWithExecpolicyAmendment.execpolicy_amendment;
  return oneLine(words.map(quoted).join(' '));
}

/** Null when a button cannot show all of it: then it is not offered. */
export function amendmentTitle(decision: AmendedDecision): string | null {
  const title = `Always allow \`${amendedWords(decision)}…\``;
  return title.length <= LONGEST_TITLE ? title : null;
}

function quoted(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
