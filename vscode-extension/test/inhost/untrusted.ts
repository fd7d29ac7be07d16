// A folder that is not trusted: nothing starts, until the user trusts it.
import { Person } from './person';
import type { Suite } from './suite';
import { until } from './until';

export async function untrusted(suite: Suite): Promise<void> {
  await suite.inWorkbench(
    { vsix: suite.setting.vsix, isTrusted: false },
    (workbench) => workbench.open(),
    async (page, workbench) => {
      const person = new Person(page);
      await person.statusItem('Restricted Mode').waitFor();
      await person.command('Extensions: Show Installed Extensions');
      const entry = page.locator('.extension-list-item').filter({ hasText: 'Codex LSP' });
      await entry.waitFor();
      // What else starts at the same event has started: had it been allowed, so would ours have been.
      await until('the extension host runs', () => {
        return workbench.hostLog().includes("activationEvent: 'onStartupFinished'");
      });
      await suite.picture(page, 'untrusted');
      if (workbench.hostLog().includes('codexlsp.codex-lsp')) throw new Error('it was activated');
      if (workbench.startedServers().length > 0) throw new Error('a server was started');
      if ((await person.statusItem('Codex').count()) > 0) throw new Error('the extension runs');
      suite.saw('an untrusted folder starts no extension and no server');

      await person.command('Workspaces: Manage Workspace Trust');
      await page
        .locator('.workspace-trust-editor')
        .getByRole('button', { name: 'Trust' })
        .first()
        .click();
      await person.statusItem('Codex').locator('.codicon-hubot').waitFor();
      await until('the server starts', () => workbench.startedServers().length === 1);
      await suite.picture(page, 'trusted');
      suite.saw('trusting the folder starts the server');
      if (workbench.wasHijacked()) throw new Error("the folder's settings chose the program");
      suite.saw("the program is the user's choice, not the folder's");
    },
  );
}
