// The packaged extension, used as a person uses it: palette, notification, status bar, panel.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { Person } from './person';
import { isAlive } from './processes';
import { FOUND_TITLE, HELLO, HELLO_ANSWER, REVIEW, RUN, STALL, STALL_BEGINNING } from './script';
import type { Suite } from './suite';
import { until } from './until';
import type { Workbench } from './workbench';

export async function driven(suite: Suite): Promise<void> {
  await suite.inWorkbench(
    { vsix: suite.setting.vsix },
    (workbench) => workbench.open(),
    async (page, workbench) => {
      const person = new Person(page);
      await person.statusItem('Codex').locator('.codicon-hubot').waitFor();
      suite.saw('the status item tells that the server runs');
      await ask(suite, page, person);
      await approve(suite, page, person, workbench);
      await approveLongCommand(suite, page, person, workbench);
      await cancelProgress(suite, page, person);
      await review(suite, page, person, workbench);
      await account(suite, page, person);
      await reload(suite, page, person, workbench);
    },
  );
}

async function ask(suite: Suite, page: Page, person: Person): Promise<void> {
  await person.ask(HELLO);
  await person.output(HELLO_ANSWER.join('')).waitFor();
  await person.output('── completed').waitFor();
  await suite.picture(page, 'answer');
  suite.saw('"Codex: Ask" from the palette, the answer in the output view');
}

async function approve(
  suite: Suite,
  page: Page,
  person: Person,
  workbench: Workbench,
): Promise<void> {
  await person.ask(`${RUN}echo "built $((6 * 7)) things" && touch built.txt`);
  await person.notification('built.txt').waitFor();
  await person.statusItem('Codex: approve?').waitFor();
  await suite.picture(page, 'approval');
  suite.saw('the approval is shown and the status item calls for it');
  await person.press('built.txt', 'Accept');
  await person.output('built 42 things').waitFor();
  await person.statusItem('Codex').locator('.codicon-hubot').waitFor();
  await until('the command ran', () => existsSync(join(workbench.folder, 'built.txt')));
  await suite.picture(page, 'accepted');
  suite.saw('Accept was clicked, the command ran, its output is in view');
}

async function approveLongCommand(
  suite: Suite,
  page: Page,
  person: Person,
  workbench: Workbench,
): Promise<void> {
  await person.ask(`${RUN}touch never.txt; echo '${'all work and no play '.repeat(60)}'`);
  await person.notification('what is too long to show here').waitFor();
  const tab = page.locator('.tab').filter({ hasText: 'Command to approve' });
  await tab.waitFor();
  await suite.picture(page, 'approval-long');
  await person.press('what is too long to show here', 'Decline');
  await person.output('[declined, not run]').waitFor();
  await tab.waitFor({ state: 'detached' });
  await person.statusItem('Codex').locator('.codicon-hubot').waitFor();
  if (existsSync(join(workbench.folder, 'never.txt'))) throw new Error('a declined command ran');
  suite.saw('a long command is in the editor while it is asked, and declining it runs nothing');
}

async function cancelProgress(suite: Suite, page: Page, person: Person): Promise<void> {
  await person.ask(STALL);
  await person.output(STALL_BEGINNING).waitFor();
  // By its title: on a busy machine the editor shows progress of its own beside it.
  const progress = person.statusItem(STALL).filter({ has: page.locator('.codicon-loading') });
  await progress.waitFor();
  await suite.picture(page, 'progress');
  suite.saw("the server's progress is in the status bar");
  await progress.click();
  await page.locator('.notifications-center').waitFor();
  await suite.picture(page, 'progress-detail');
  await person.press(STALL, 'Cancel');
  await person.output('── interrupted').waitFor();
  await suite.picture(page, 'interrupted');
  suite.saw('Cancel on the progress interrupts the turn');
}

async function review(
  suite: Suite,
  page: Page,
  person: Person,
  workbench: Workbench,
): Promise<void> {
  const file = join(workbench.folder, 'reviewed.txt');
  writeFileSync(file, 'one\n\nthree\n');
  await person.command('Codex: Review');
  await person.pick('Something Else');
  await person.type(`${REVIEW}${file}`);
  await person.press('the review has found one thing', 'Show Problems');
  await page.locator('.markers-panel').getByText(FOUND_TITLE).first().click();
  await page.locator('.tab').filter({ hasText: 'reviewed.txt' }).waitFor();
  await suite.picture(page, 'review');
  suite.saw('what a review has found is in the list of problems, and leads to the file');
}

async function account(suite: Suite, page: Page, person: Person): Promise<void> {
  await person.command('Codex: Account');
  await suite.picture(page, 'account');
  await person.pick('Sign In with an API Key');
  await suite.picture(page, 'account-key');
  await person.type('sk-scripted');
  await person.notification('you are signed in with an API key').waitFor();
  suite.saw('a key is asked for and signs in');
}

async function reload(
  suite: Suite,
  page: Page,
  person: Person,
  workbench: Workbench,
): Promise<void> {
  const [before] = workbench.startedServers();
  await person.ask(STALL);
  await person.statusItem('Codex').locator('.codicon-sync').waitFor();
  await page.reload();
  await until('another server starts', () => workbench.startedServers().length === 2);
  await person.statusItem('Codex').locator('.codicon-hubot').waitFor();
  await until('the first server ends', () => !isAlive(before));
  suite.saw('a reload of the window in mid-turn ends the server and starts another one');
}
