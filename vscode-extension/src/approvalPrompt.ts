// What the user is asked about a command, and what each answer means. Fails closed: whatever is not
// one of the offered choices is a decline.
import { amendmentTitle } from './amendment';
import {
  BEGINNING,
  because,
  choicesOf,
  fits,
  pageOf,
  type ApprovalPrompt,
  type Choice,
} from './prompt';
import { isAmended, type CommandApprovalParams, type Decision } from './questions';
import { beginning, commandLines, oneLine } from './visibleText';

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
    const choices = [
      ...offered(params, ['accept', 'acceptForSession']),
      ...amendments(params),
      ...offered(params, ['decline', 'cancel']),
    ];
    return { message: whole, page: null, details, choices };
  }
  // For the session, or for ever: only what was seen at a glance.
  const choices = offered(params, ['accept', 'decline', 'cancel']);
  const page = pageOf('Command to approve', 'Codex asks to run this command', details);
  return { message: beginningOf(params), page, details, choices };
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

/** Of what the server offers; without a list it takes all four. */
function offered(params: CommandApprovalParams, showable: readonly Decision[]): readonly Choice[] {
  const available = params.availableDecisions;
  return choicesOf(showable.filter((decision) => !available || available.includes(decision)));
}

/** The answer is the very object that was offered. */
function amendments({ availableDecisions }: CommandApprovalParams): readonly Choice[] {
  return (availableDecisions ?? []).filter(isAmended).flatMap((decision) => {
    const title = amendmentTitle(decision);
    return title === null ? [] : [{ title, decision }];
  });
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
  const message = `Codex asks to run ${place(params)}: ${shown}${because(reason)}`;
  return fits(shown, message) ? message : null;
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
