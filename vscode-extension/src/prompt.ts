// What a question for a decision looks like, whatever it is about: one line for a notification, the
// buttons, and a page when a line cannot hold it.
import type { Decision } from './questions';
import { beginning, oneLine, wrapped } from './visibleText';

/** A notification shows 1,000 characters and cuts the rest without a word. */
const LONGEST_MESSAGE = 1000;
const LONGEST_SUBJECT = 800;
/** How much of an overlong command, folder or reason the notification still shows. */
export const BEGINNING = 240;
const PAGE_WIDTH = 80;

export interface Choice {
  readonly title: string;
  readonly decision: Decision;
}

/** A text that must be in view while it is asked about. */
export interface Page {
  readonly title: string;
  readonly text: string;
}

export interface ApprovalPrompt {
  /** One line for the notification. */
  readonly message: string;
  /** Everything that is asked, for the output view. */
  readonly details: string;
  /** Null when the message holds everything. */
  readonly page: Page | null;
  readonly choices: readonly Choice[];
}

const CHOICES: readonly Choice[] = [
  { title: 'Accept', decision: 'accept' },
  { title: 'Accept for Session', decision: 'acceptForSession' },
  { title: 'Decline', decision: 'decline' },
  { title: 'Cancel Turn', decision: 'cancel' },
];

/** The buttons for these decisions, in the order of our buttons. */
export function choicesOf(decisions: readonly Decision[]): readonly Choice[] {
  return CHOICES.filter(({ decision }) => decisions.includes(decision));
}

/** Whether a message, in which `subject` is what is decided about, can be read in a notification. */
export function fits(subject: string, message: string): boolean {
  return subject.length <= LONGEST_SUBJECT && message.length <= LONGEST_MESSAGE;
}

/** The model's own reason, for the end of a message; not all of it if it is long. */
export function because(reason: string | null | undefined): string {
  return reason ? ` (reason: ${beginning(oneLine(reason), BEGINNING)})` : '';
}

/** `heading` says what is asked; `details` may be of any length. */
export function pageOf(title: string, heading: string, details: string): Page {
  const text = `${heading} (↩ marks a line that goes on)\n${wrapped(details, PAGE_WIDTH)}\n`;
  return { title, text };
}

/** What a pressed button means; a closed notification and an unknown title are a decline. */
export function decisionOf(prompt: ApprovalPrompt, title: string | undefined): Decision {
  return prompt.choices.find((choice) => choice.title === title)?.decision ?? 'decline';
}
