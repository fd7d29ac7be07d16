// What the user is asked about changes of files. A notification only names the files, so what changes
// in them is always a page beside it.
import { areShowable, changeLine, changeText } from './fileChanges';
import type { FileChangeItem } from './protocol';
import { BEGINNING, because, choicesOf, fits, pageOf, type ApprovalPrompt } from './prompt';
import type { FileChangeApprovalParams } from './questions';
import { beginning, oneLine } from './visibleText';

/** `item` is what would change; null when it is not known. */
export function fileChangePrompt(
  params: FileChangeApprovalParams,
  item: FileChangeItem | null,
): ApprovalPrompt {
  if (item === null || !areShowable(item.changes)) return unknownChanges();
  const { changes } = item;
  const details = [headOf(params), ...changes.map(changeText)].filter(Boolean).join('\n\n');
  const page = pageOf('Changes to approve', 'Codex asks to make these changes', details);
  const files = changes.map(changeLine).join(', ');
  const what = `Codex asks to change ${count(changes.length)}${widening(params, BEGINNING)}`;
  const message = `${what} as shown in the editor: ${files}${because(params.reason)}`;
  if (fits(files, message)) {
    const choices = choicesOf(['accept', 'acceptForSession', 'decline', 'cancel']);
    return { message, details, page, choices };
  }
  // For the session: only what was seen at a glance.
  const choices = choicesOf(['accept', 'decline', 'cancel']);
  const read = 'Read all of it in the editor before you answer.';
  const short = `${what}. ${read} It begins: ${beginning(files, BEGINNING)}`;
  return { message: short, details, page, choices };
}

function unknownChanges(): ApprovalPrompt {
  return {
    message:
      'Codex asks to change files, but this extension does not know which, so it cannot be accepted here.',
    details: 'asks for unknown changes of files, which cannot be accepted here',
    page: null,
    choices: choicesOf(['decline', 'cancel']),
  };
}

function count(files: number): string {
  return files === 1 ? '1 file' : `${files} files`;
}

function widening({ grantRoot }: FileChangeApprovalParams, length = Infinity): string {
  if (!grantRoot) return '';
  return ` and from now on everything below ${beginning(oneLine(grantRoot), length)}`;
}

/** What stands above the files; empty when there is nothing to say. */
function headOf(params: FileChangeApprovalParams): string {
  const lines = [
    params.reason ? `reason: ${oneLine(params.reason)}` : '',
    params.grantRoot ? `these${widening(params)}` : '',
  ];
  return lines.filter(Boolean).join('\n');
}
