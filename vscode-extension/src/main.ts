// Entry point of the extension: activate and deactivate, and nothing that decides anything.
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { Codex } from './codex';
import { account } from './commands/account';
import { ask } from './commands/ask';
import { compact } from './commands/compact';
import { interrupt } from './commands/interrupt';
import { menu } from './commands/menu';
import { newThread } from './commands/newThread';
import { review } from './commands/review';
import { showLog } from './commands/showLog';
import type { ServerState } from './statusFace';
import type { ThreadFacts } from './thread';

/** What other extensions and the in-host tests may use. */
export interface CodexApi {
  /** Null until the first start; another one after a start that failed. */
  readonly client: LanguageClient | null;
  readonly serverState: ServerState;
  readonly serverPid: number | null;
  readonly thread: ThreadFacts;
  /** Starts the server unless it runs; false when that failed. */
  start(): Promise<boolean>;
}

let codex: Codex | undefined;

export function activate(context: vscode.ExtensionContext): CodexApi {
  const active = new Codex(context);
  codex = active;
  const command = (id: string, run: (argument?: unknown) => unknown) =>
    // Named codexLsp.*, because the server's own commands are codex.* and are registered by the
    // language client: an equal name would make its start fail.
    vscode.commands.registerCommand(`codexLsp.${id}`, run);
  context.subscriptions.push(
    command('ask', (prompt) => ask(active, prompt)),
    command('interrupt', () => interrupt(active)),
    command('newThread', () => newThread(active)),
    command('review', (target) => review(active, target)),
    command('clearFindings', () => {
      active.problems.clear();
    }),
    command('compact', () => compact(active)),
    command('account', () => account(active)),
    command('showLog', () => {
      showLog(active);
    }),
    command('menu', () => menu(active)),
  );
  // Not awaited: an editor that starts does not wait for a JVM.
  void active.client.start();
  return apiOf(active);
}

function apiOf({ client, thread }: Codex): CodexApi {
  return {
    get client() {
      return client.language;
    },
    get serverState() {
      return client.state;
    },
    get serverPid() {
      return client.serverPid;
    },
    get thread() {
      return thread.facts;
    },
    start: () => client.start(),
  };
}

/**
 * The views outlive the server, which may have last words for them. The editor disposes of its
 * subscriptions without waiting for this, so they are none of those.
 */
export async function deactivate(): Promise<void> {
  await codex?.client.stop();
  codex?.dispose();
  codex = undefined;
}
