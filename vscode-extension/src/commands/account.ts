// "Codex: Account": who is signed in with OpenAI; signing in with a key, and out. The server keeps the
// key; nothing of it stays here.
import * as vscode from 'vscode';
import { accountFace } from '../accountFace';
import type { Codex } from '../codex';
import { Method } from '../protocol';

interface Entry extends vscode.QuickPickItem {
  readonly run: (codex: Codex) => Promise<unknown>;
}

const SIGN_IN: Entry = { label: '$(key) Sign In with an API Key', run: signIn };
const SIGN_OUT: Entry = { label: '$(sign-out) Sign Out', run: signOut };

export async function account(codex: Codex): Promise<void> {
  if (!(await codex.client.start())) return;
  try {
    const face = accountFace(await codex.client.request(Method.accountRead, {}));
    const entries = [face.maySignIn ? SIGN_IN : null, face.maySignOut ? SIGN_OUT : null];
    const chosen = await vscode.window.showQuickPick(
      entries.filter((entry) => entry !== null),
      { title: 'Codex: Account', placeHolder: face.words },
    );
    await chosen?.run(codex);
  } catch (error) {
    codex.requestRefused(error);
  }
}

async function signIn(codex: Codex): Promise<void> {
  const key = await vscode.window.showInputBox({
    title: 'Codex: Sign In with an API Key',
    prompt: 'It is kept in auth.json in the folder of Codex, which Codex itself reads too.',
    password: true,
    ignoreFocusOut: true,
  });
  if (key === undefined || key.trim() === '') return;
  await codex.client.request(Method.loginStart, { type: 'apiKey', apiKey: key.trim() });
  void vscode.window.showInformationMessage('Codex: you are signed in with an API key.');
}

async function signOut(codex: Codex): Promise<void> {
  await codex.client.request(Method.logout, {});
  void vscode.window.showInformationMessage('Codex: you are signed out.');
}
