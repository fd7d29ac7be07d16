// A server that cannot start: one message in its own words, and one thing to do about it.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Person } from './person';
import type { Suite } from './suite';

const WORDS = 'codex-lsp: no JDK 25 or later found: install one or set JAVA_HOME';

export async function brokenServer(suite: Suite): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'codex-broken-'));
  const server = join(folder, 'codex-lsp');
  writeFileSync(server, `#!/bin/sh\necho '${WORDS}' >&2\nexit 2\n`);
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
        await person.statusItem('Codex').click();
        await page.locator('.quick-input-list').getByText('Start the Server').waitFor();
        await suite.picture(page, 'menu');
        await page.keyboard.press('Enter');
        await person.notification(WORDS).waitFor();
        if (workbench.startedServers().length !== 2) throw new Error('it was not started again');
        suite.saw('the menu starts the server again');
      },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
