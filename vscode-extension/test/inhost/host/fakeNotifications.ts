// Stands in for the user in front of the warning notifications: the tests in the extension host cannot
// click. The driven test clicks the real ones.
import * as vscode from 'vscode';
import { until } from '../until';

interface Shown {
  readonly message: string;
  readonly titles: readonly string[];
  /** Undefined closes the notification. */
  press(title: string | undefined): void;
}

type Item = string | vscode.MessageItem;

const titleOf = (item: Item): string => (typeof item === 'string' ? item : item.title);

export class FakeNotifications {
  readonly #shown: Shown[] = [];

  /** Replaces the function in the API object, which tests and extension share. */
  install(): void {
    const show = (message: string, ...items: readonly Item[]) =>
      new Promise<Item | undefined>((resolve) => {
        this.#shown.push({
          message,
          titles: items.map(titleOf),
          press: (title) => {
            resolve(items.find((item) => titleOf(item) === title));
          },
        });
      });
    Object.assign(vscode.window, { showWarningMessage: show, showInformationMessage: show });
  }

  /** Waits for the next notification that contains `text`, and takes it off the pile. */
  async next(text: string): Promise<Shown> {
    const find = () => this.#shown.findIndex(({ message }) => message.includes(text));
    await until(`a notification with "${text}"`, () => find() >= 0);
    const [shown] = this.#shown.splice(find(), 1);
    if (!shown) throw new Error('unreachable');
    return shown;
  }
}
