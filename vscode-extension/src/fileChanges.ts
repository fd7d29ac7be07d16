// Changes of files as text: a line for each file, and all of what changes in it.
import type { FileUpdateChange } from './protocol';
import { commandLines, oneLine } from './visibleText';

/** What happens to the file, on one line. */
export function changeLine({ path, kind }: FileUpdateChange): string {
  const shown = oneLine(path);
  switch (kind.type) {
    case 'add':
    case 'delete':
      return `${kind.type} ${shown}`;
    case 'update':
      return kind.move_path ? `move ${shown} to ${oneLine(kind.move_path)}` : `edit ${shown}`;
  }
}

/** Whether each of them is of a kind that can be shown; a newer server may know more kinds. */
export function areShowable(changes: unknown): changes is readonly FileUpdateChange[] {
  return Array.isArray(changes) && changes.length > 0 && changes.every(isShowable);
}

function isShowable(change: Partial<FileUpdateChange> | null): boolean {
  const type: unknown = change?.kind?.type;
  return (
    typeof change?.path === 'string' &&
    typeof change.diff === 'string' &&
    (type === 'add' || type === 'delete' || type === 'update')
  );
}

/** All of it. What stands in a file is indented, so that none of it can be taken for a file's name. */
export function changeText(change: FileUpdateChange): string {
  const lines = linesOf(change.diff).map((line) => `  ${signOf(change)}${line}`);
  return [changeLine(change), ...(lines.length > 0 ? lines : ['  (nothing in it)'])].join('\n');
}

function signOf({ kind }: FileUpdateChange): string {
  switch (kind.type) {
    case 'add':
      return '+';
    case 'delete':
      return '-';
    case 'update':
      return ''; // The hunks bring their own.
  }
}

/** A line end at the very end begins no further line. */
function linesOf(text: string): readonly string[] {
  return text === '' ? [] : commandLines(text.replace(/\n$/, '')).split('\n');
}
