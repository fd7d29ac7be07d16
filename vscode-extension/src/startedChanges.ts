// The changes of files that were started and are not completed: an approval names only their id.
import { Method, isKnownItem, type CodexNotification, type FileChangeItem } from './protocol';

interface ItemPlace {
  readonly threadId: string;
  readonly turnId: string;
  readonly itemId: string;
}

interface StartedChange extends ItemPlace {
  readonly item: FileChangeItem;
}

export class StartedChanges {
  /** Few at a time: a turn's end takes its changes along. */
  #started: readonly StartedChange[] = [];

  hear(notification: CodexNotification): void {
    if (notification.method === Method.turnCompleted) {
      const { threadId, turn } = notification.params;
      this.#forget((change) => change.threadId === threadId && change.turnId === turn.id);
    } else if (
      notification.method === Method.itemStarted ||
      notification.method === Method.itemCompleted
    ) {
      const { threadId, turnId, item } = notification.params;
      const place = { threadId, turnId, itemId: item.id };
      this.#forget((change) => isAt(change, place));
      const isStart = notification.method === Method.itemStarted;
      if (isStart && isKnownItem(item) && item.type === 'fileChange') {
        this.#started = [...this.#started, { ...place, item }];
      }
    }
  }

  /** Null when no such change was started in that turn. */
  find(place: ItemPlace): FileChangeItem | null {
    return this.#started.find((change) => isAt(change, place))?.item ?? null;
  }

  serverLost(): void {
    this.#started = [];
  }

  #forget(isGone: (change: StartedChange) => boolean): void {
    this.#started = this.#started.filter((change) => !isGone(change));
  }
}

function isAt(change: StartedChange, { threadId, turnId, itemId }: ItemPlace): boolean {
  return change.threadId === threadId && change.turnId === turnId && change.itemId === itemId;
}
