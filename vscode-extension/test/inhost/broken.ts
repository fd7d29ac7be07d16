// A server that cannot start: one message in its own words, and one thing to do about it.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { Person } from './person';
import type { Suite } from './suite';

const WORDS = 'codex-lsp: no JDK 25 or later found: install one or set JAVA_HOME';

/**
 * Moments at which a server may end, as lines of a shell script: before the first request is sent,
 * while it is written, when it was read, and with its output or its input closed before.
 */
const ENDS = [
  '',
  'sleep 0.01',
  'head -c 1 >/dev/null',
  'head -n 1 >/dev/null',
  'exec >&-; head -c 1 >/dev/null',
  'exec <&-; sleep 0.1',
];

export async function brokenServer(suite: Suite): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'codex-broken-'));
  const server = join(folder, 'codex-lsp');
  const breaks = (end: string, words: string) => {
    writeFileSync(server, `#!/bin/sh\n${end}\necho '${words}' >&2\nexit 2\n`);
  };
  breaks('', WORDS);
  chmodSync(server, 0o755);
  try {
    await suite.inWorkbench(
      { vsix: suite.setting.vsix, server },
      (workbench) => workbench.open(),
      async (page, workbench) => {
        const person = new Person(page);
        await person.notification(WORDS).waitFor();
        await person.statusItem('Codex').locator('.codicon-error').waitFor();
        await suite.picture(page, 'broken');
        if ((await person.notification('').count()) !== 1) throw new Error('told more than once');
        suite.saw('a server that cannot start says why, once, and the status item is red');
        await person.press(WORDS, 'Open Settings');
        await page.locator('.settings-editor').getByText('Java: Home').first().waitFor();
        await suite.picture(page, 'broken-settings');
        suite.saw('Open Settings opens the setting that helps');
        await openMenu(page, person);
        await suite.picture(page, 'menu');
        await page.keyboard.press('Enter');
        await person.notification(WORDS).waitFor();
        if (workbench.startedServers().length !== 2) throw new Error('it was not started again');
        suite.saw('the menu starts the server again');
        for (const [number, end] of ENDS.entries()) {
          await person.command('Notifications: Clear All Notifications');
          await person.notification('').waitFor({ state: 'detached' });
          const words = `codex-lsp: end ${number}`;
          breaks(end, words);
          await openMenu(page, person);
          await page.keyboard.press('Enter');
          await person.notification(words).waitFor();
          await person.statusItem('Codex').locator('.codicon-error').waitFor();
          if ((await person.notification('').count()) !== 1) throw new Error(`told twice: ${end}`);
        }
        suite.saw('it can be started again whenever it ended, and each end is told once');
      },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The menu of the status item, whose first entry starts a server that does not run. */
async function openMenu(page: Page, person: Person): Promise<void> {
  await person.statusItem('Codex').click();
  await page.locator('.quick-input-list').getByText('Start the Server').waitFor();
}
