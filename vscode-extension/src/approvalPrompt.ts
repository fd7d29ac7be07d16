// What the user is asked about a command, and what each answer means. Fails closed: whatever is not
// one of the offered choices is a decline.
import type { CommandApprovalParams, CommandDecision } from './protocol';
import { beginning, commandLines, oneLine, wrapped } from './visibleText';

/** A notification shows 1,000 characters and cuts the rest without a word. */
const LONGEST_MESSAGE = 1000;
const LONGEST_COMMAND = 800;
/** How much of an overlong command, folder or reason the notification still shows. */
const BEGINNING = 240;
const PAGE_WIDTH = 80;

export interface Choice {
  readonly title: string;
  readonly decision: CommandDecision;
}

export interface ApprovalPrompt {
  /** One line for the notification. */
  readonly message: string;
  /** Everything that is asked, for the output view. */
  readonly details: string;
  /** Null unless the message holds only a beginning; then this must be in view while it is asked. */
  readonly page: string | null;
  readonly choices: readonly Choice[];
}

const CHOICES: readonly Choice[] = [
  { title: 'Accept', decision: 'accept' },
  { title: 'Accept for Session', decision: 'acceptForSession' },
  { title: 'Decline', decision: 'decline' },
  { title: 'Cancel Turn', decision: 'cancel' },
];

export function approvalPrompt(params: CommandApprovalParams): ApprovalPrompt {
  const unshowable = whatCannotBeShown(params);
  if (unshowable !== null) {
    return {
      message: `Codex asks for ${unshowable}, which this extension cannot show, so it cannot be accepted here.`,
      page: null,
      details: `asks for ${unshowable}, which cannot be shown or accepted here`,
      choices: offered(params, ['decline', 'cancel']),
    };
  }
  const details = detailsOf(params);
  const whole = wholeMessage(params);
  if (whole !== null) {
    const all = CHOICES.map((choice) => choice.decision);
    return { message: whole, page: null, details, choices: offered(params, all) };
  }
  // For the session: only what was seen at a glance.
  const choices = offered(params, ['accept', 'decline', 'cancel']);
  return { message: beginningOf(params), page: pageOf(details), details, choices };
}

/** Null when the request is nothing but a command to run. */
function whatCannotBeShown(params: CommandApprovalParams): string | null {
  if (params.networkApprovalContext) return 'network access';
  if (params.additionalPermissions) return 'additional permissions';
  if (params.kind && params.kind !== 'command')
    return `an approval of kind ${oneLine(params.kind)}`;
  if (typeof params.command !== 'string' || params.command.trim() === '')
    return 'an unnamed command';
  return null;
}

/** In the order of our buttons, of what the server offers; without a list it takes all four. */
function offered(
  params: CommandApprovalParams,
  showable: readonly CommandDecision[],
): readonly Choice[] {
  const available = params.availableDecisions;
  return CHOICES.filter(
    ({ decision }) => showable.includes(decision) && (!available || available.includes(decision)),
  );
}

/** The id of this machine. */
const HERE = 'local';

/** Where the command would run; the folder last, as only the place cannot be named at will. */
function place({ cwd, environmentId }: CommandApprovalParams, length = Infinity): string {
  const folder = `in ${beginning(oneLine(cwd ?? 'an unnamed folder'), length)}`;
  if (!environmentId || environmentId === HERE) return folder;
  return `on ${oneLine(environmentId)} ${folder}`;
}

/** The folder stands before the command, so that no command can end in a folder of its own making. */
function wholeMessage(params: CommandApprovalParams): string | null {
  const { command, reason } = params;
  const shown = oneLine(command ?? '');
  const why = reason ? ` (reason: ${beginning(oneLine(reason), BEGINNING)})` : '';
  const message = `Codex asks to run ${place(params)}: ${shown}${why}`;
  return shown.length <= LONGEST_COMMAND && message.length <= LONGEST_MESSAGE ? message : null;
}

function beginningOf(params: CommandApprovalParams): string {
  const shown = oneLine(params.command ?? '');
  return (
    `Codex asks to run ${place(params, BEGINNING)} what is too long to show here (${shown.length} characters). ` +
    `Read all of it in the editor before you answer. It begins: ${beginning(shown, BEGINNING)}`
  );
}

/** The command stands last: none of its lines can be taken for a folder or a reason. */
function detailsOf(params: CommandApprovalParams): string {
  const { command, reason } = params;
  const why = reason ? `reason: ${oneLine(reason)}\n` : '';
  return `${place(params)}\n${why}${commandLines(command ?? '')}`;
}

function pageOf(details: string): string {
  return `Codex asks to run this command (↩ marks a line that goes on)\n${wrapped(details, PAGE_WIDTH)}\n`;
}

/** What a pressed button means; a closed notification and an unknown title are a decline. */
export function decisionOf(prompt: ApprovalPrompt, title: string | undefined): CommandDecision {
  return prompt.choices.find((choice) => choice.title === title)?.decision ?? 'decline';
}
