// "Codex: Review": has changes looked at by a reviewer that has not heard the conversation.
import * as vscode from 'vscode';
import type { Codex } from '../codex';
import { folderForCodex } from '../folder';
import { isReviewTarget, reviewTarget, type ReviewKind } from '../reviewTarget';
import type { ReviewTarget } from '../requests';
import type { StartedTurn } from '../thread';

interface Entry extends vscode.QuickPickItem {
  readonly about: ReviewKind;
  /** What the user has to say besides; null for nothing. */
  readonly input: { readonly prompt: string; readonly value?: string } | null;
}

const ENTRIES: readonly Entry[] = [
  {
    label: '$(git-commit) Uncommitted Changes',
    description: 'staged, unstaged and new files',
    about: 'uncommittedChanges',
    input: null,
  },
  {
    label: '$(git-branch) Changes Against a Branch',
    description: 'what this branch would bring into it',
    about: 'baseBranch',
    input: { prompt: 'The branch to compare with', value: 'main' },
  },
  {
    label: '$(git-commit) A Commit',
    description: 'what it changed',
    about: 'commit',
    input: { prompt: 'The commit: its hash, or a name like HEAD', value: 'HEAD' },
  },
  {
    label: '$(comment) Something Else',
    description: 'in your own words',
    about: 'custom',
    input: { prompt: 'What should be reviewed, and what should it look for?' },
  },
];

/** `target` comes from a key binding or another extension; without it the user is asked. */
export async function review(codex: Codex, target?: unknown): Promise<StartedTurn | undefined> {
  const folder = await folderForCodex();
  if (folder === null) return undefined;
  const wanted = isReviewTarget(target) ? target : await askForTarget();
  if (wanted === null) return undefined;
  codex.output.show();
  if (!(await codex.client.start())) return undefined;
  try {
    return await codex.thread.review(folder, wanted);
  } catch (error) {
    codex.requestRefused(error);
    return undefined;
  }
}

async function askForTarget(): Promise<ReviewTarget | null> {
  const title = 'Codex: Review';
  const entry = await vscode.window.showQuickPick(ENTRIES, { title });
  if (entry === undefined) return null;
  if (entry.input === null) return reviewTarget(entry.about, '');
  const words = await vscode.window.showInputBox({ title, ignoreFocusOut: true, ...entry.input });
  return words === undefined ? null : reviewTarget(entry.about, words);
}
