// What a person does in the workbench, through the page that a person sees.
import type { Locator, Page } from 'playwright-core';

export class Person {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Runs a command from the command palette. */
  async command(title: string): Promise<void> {
    await this.#page.keyboard.press('F1');
    await this.#quickInput().fill(`>${title}`);
    const row = this.#page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title });
    await row.first().click();
  }

  async ask(prompt: string): Promise<void> {
    await this.command('Codex: Ask');
    await this.#page.locator('.quick-input-title').filter({ hasText: 'Codex: Ask' }).waitFor();
    await this.type(prompt);
  }

  /** Picks from the list that is open. */
  async pick(label: string): Promise<void> {
    const row = this.#page.locator('.quick-input-list .monaco-list-row').filter({ hasText: label });
    await row.first().click();
    await row.first().waitFor({ state: 'detached' });
  }

  /** Answers the input box that is open. */
  async type(words: string): Promise<void> {
    await this.#quickInput().fill(words);
    await this.#page.keyboard.press('Enter');
  }

  /** A notification: a toast, or a row of the notification centre while that is open. */
  notification(text: string): Locator {
    return this.#page
      .locator('.notifications-toasts .notification-list-item')
      .or(this.#page.locator('.notifications-center .notification-list-item'))
      .filter({ hasText: text });
  }

  async press(notification: string, button: string): Promise<void> {
    const exact = this.#page.getByRole('button', { name: button, exact: true });
    await this.notification(notification).locator(exact).click();
  }

  statusItem(text: string): Locator {
    return this.#page.locator('.statusbar-item').filter({ hasText: text });
  }

  /** The last such line of the panel below. The editor shows spaces as no-break spaces. */
  output(text: string): Locator {
    const line = text.replaceAll(' ', '\u00a0');
    return this.#page
      .locator('.panel .view-line')
      .filter({ hasText: new RegExp(`${escape(text)}|${escape(line)}`) })
      .last();
  }

  #quickInput(): Locator {
    return this.#page.locator('.quick-input-widget .quick-input-box input');
  }
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
