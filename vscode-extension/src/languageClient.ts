// The language client with two manners changed.
import { LanguageClient } from 'vscode-languageclient/node';

/**
 * Writes what goes wrong to its log and never into a notification: the user is told once, by us.
 * Stopping it is allowed in every state, since it stops itself after a failed start.
 */
export class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }

  override warn(message: string, data?: unknown): void {
    super.warn(message, data, false);
  }

  override info(message: string, data?: unknown): void {
    super.info(message, data, false);
  }

  override stop(timeout?: number): Promise<void> {
    return this.isRunning() ? super.stop(timeout) : Promise.resolve();
  }
}
