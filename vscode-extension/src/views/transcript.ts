// Turns what arrives about a thread into the text of the output view, piece by piece: text that was
// given out is never taken back, since an output channel only grows.
import {
  Method,
  isKnownItem,
  type CodexNotification,
  type CommandExecutionItem,
  type FileChangeItem,
  type KnownItem,
  type ReasoningItem,
  type ThreadItem,
  type Turn,
  type TurnError,
  type UserMessageItem,
} from '../protocol';
import { amendedWords } from '../amendment';
import { areShowable, changeLine } from '../fileChanges';
import type { ApprovalPrompt } from '../prompt';
import type { Decision, UserQuestion } from '../questions';
import { beginning, commandLines, oneLine, prose } from '../visibleText';

const RULE = '─'.repeat(72);
const BRIEF = 160;

/** What is remembered of an item between its start and its completion. */
interface OpenItem {
  /** Written before its first text, unless it is written already. */
  readonly heading: string;
  /** Written when the item goes on after another one spoke. */
  readonly label: string;
  /** How many characters of it were streamed. */
  streamed: number;
  /** Whether they ended in a carriage return, to which a newline may belong. */
  endsInReturn: boolean;
}

export class Transcript {
  readonly #open = new Map<string, OpenItem>();
  /** The item whose streamed text was written last. */
  #speaker: string | null = null;
  #atLineStart = true;
  #totalTokens: number | null = null;
  #lastError: string | null = null;

  /** The text to append; empty for what the view does not show. */
  after(notification: CodexNotification): string {
    switch (notification.method) {
      case Method.threadStarted:
        this.#totalTokens = null;
        return this.#line(`${RULE}\nNew thread in ${oneLine(notification.params.thread.cwd)}`);
      case Method.turnStarted:
        this.#lastError = null;
        return '';
      case Method.itemStarted:
        return this.#itemStarted(notification.params.item);
      case Method.agentMessageDelta:
      case Method.commandOutputDelta:
        return this.#streamed(notification.params.itemId, notification.params.delta);
      case Method.itemCompleted:
        return this.#itemCompleted(notification.params.item);
      case Method.tokenUsageUpdated:
        this.#totalTokens = notification.params.tokenUsage.total.totalTokens;
        return '';
      case Method.error:
        return this.#error(notification.params.error, notification.params.willRetry);
      case Method.turnCompleted:
        return this.#turnCompleted(notification.params.turn);
      case Method.threadStatusChanged:
      case Method.serverRequestResolved:
        return '';
    }
  }

  approvalAsked(itemId: string, { details }: ApprovalPrompt): string {
    // What is asked about stands there already, unless the request came without its item.
    if (this.#open.has(itemId)) return this.#line('? waiting for your approval');
    return this.#line(`? waiting for your approval\n${details}`);
  }

  approvalAnswered(decision: Decision): string {
    if (typeof decision === 'object') {
      return this.#line(`→ accepted, as always from now on: ${amendedWords(decision)}…`);
    }
    switch (decision) {
      case 'accept':
        return this.#line('→ accepted');
      case 'acceptForSession':
        return this.#line('→ accepted for this session');
      case 'decline':
        return this.#line('→ declined');
      case 'cancel':
        return this.#line('→ declined, turn cancelled');
    }
  }

  inputAsked(questions: readonly UserQuestion[]): string {
    const asked = questions.map(
      ({ header, question }) => `? ${oneLine(header)}: ${prose(question)}`,
    );
    return this.#line(asked.join('\n'));
  }

  /** How many were answered, not how: an answer may be a secret. */
  inputAnswered(answers: number, questions: number): string {
    return this.#line(`→ answered ${answers} of ${questions}`);
  }

  questionWithdrawn(): string {
    return this.#line('→ no longer asked');
  }

  /** The server is gone, and with it every turn that ran in it. */
  serverLost(): string {
    this.#open.clear();
    return this.#line('! The server stopped. The thread and what ran in it are lost here.');
  }

  #itemStarted(item: ThreadItem): string {
    if (!isKnownItem(item)) return '';
    switch (item.type) {
      case 'userMessage':
      case 'reasoning':
        return '';
      case 'agentMessage':
        this.#open.set(item.id, openItem('\nCodex:', 'Codex:'));
        return '';
      case 'commandExecution':
        return this.#commandHeader(item);
      case 'fileChange':
        return this.#changesHeader(item);
      case 'enteredReviewMode':
        return this.#line(`${RULE}\nReview of ${oneLine(item.review)}`);
      case 'exitedReviewMode':
        return '';
      case 'contextCompaction':
        return this.#line('\nMaking the conversation shorter');
    }
  }

  #commandHeader(item: CommandExecutionItem): string {
    const label = `$ ${brief(item.command)}`;
    this.#open.set(item.id, openItem(label, label));
    this.#speaker = item.id;
    return this.#line(`\n$ ${commandLines(item.command)}\n  in ${oneLine(item.cwd)}`);
  }

  #changesHeader(item: FileChangeItem): string {
    const lines = changeLines(item);
    const label = brief(lines);
    this.#open.set(item.id, openItem(label, label));
    this.#speaker = item.id;
    return this.#line(`\n${lines}`);
  }

  #streamed(itemId: string, delta: string): string {
    const item = this.#open.get(itemId);
    if (item === undefined || delta === '') return '';
    let label = '';
    if (this.#speaker !== itemId) {
      label = this.#line(item.streamed === 0 ? item.heading : `${item.label} (continued)`);
      this.#speaker = itemId;
    }
    item.streamed += delta.length;
    const isRestOfLineEnd = item.endsInReturn && delta.startsWith('\n');
    item.endsInReturn = delta.endsWith('\r');
    return label + this.#text(prose(isRestOfLineEnd ? delta.slice(1) : delta));
  }

  #itemCompleted(item: ThreadItem): string {
    if (!isKnownItem(item)) return this.#line(`\n• ${oneLine(item.type)}`);
    const text = this.#completed(item);
    this.#open.delete(item.id);
    if (this.#speaker === item.id) this.#speaker = null;
    return text;
  }

  #completed(item: KnownItem): string {
    switch (item.type) {
      case 'userMessage':
        return this.#line(`${RULE}\nYou: ${prose(userText(item))}`);
      case 'reasoning':
        return this.#reasoning(item);
      case 'agentMessage':
        return this.#rest(item.id, item.text, 'Codex:') + this.#line('');
      case 'commandExecution':
        return this.#commandCompleted(item);
      case 'fileChange':
        return this.#changesCompleted(item);
      case 'enteredReviewMode':
      case 'exitedReviewMode':
      case 'contextCompaction':
        // What was found is said by the last message, too.
        return '';
    }
  }

  /** Nothing was streamed: all of it. Less was streamed than there is: all of it again, said so. */
  #rest(itemId: string, whole: string, label: string): string {
    const streamed = this.#open.get(itemId)?.streamed ?? 0;
    if (streamed >= whole.length) return '';
    const title = streamed === 0 ? label : `${label} (in full)`;
    return this.#line(`\n${title}`) + this.#text(prose(whole));
  }

  #reasoning(item: ReasoningItem): string {
    const headings = item.summary.map((part) => brief(part.replaceAll('**', '').trim()));
    const shown = headings.filter((heading) => heading !== '').join(' · ');
    return shown === '' ? '' : this.#line(`\nThinking: ${shown}`);
  }

  #commandCompleted(item: CommandExecutionItem): string {
    const output = item.aggregatedOutput ?? '';
    const streamed = this.#open.get(item.id)?.streamed ?? 0;
    let text = '';
    if (streamed < output.length) {
      text = streamed === 0 ? '' : this.#line('(output in full)');
      text += this.#line('') + this.#text(prose(output));
    }
    return text + this.#line(`[${commandEnd(item)}]`);
  }

  /** The files stand there already, unless the item was never started. */
  #changesCompleted(item: FileChangeItem): string {
    const files = this.#open.has(item.id) ? '' : this.#line(`\n${changeLines(item)}`);
    const end = item.status === 'declined' ? 'declined, not changed' : item.status;
    return `${files}${this.#line(`[${end}]`)}`;
  }

  #error(error: TurnError, willRetry: boolean): string {
    this.#lastError = error.message;
    const again = willRetry ? ' (trying again)' : '';
    return this.#line(`! ${prose(error.message)}${again}`);
  }

  #turnCompleted(turn: Turn): string {
    this.#open.clear();
    this.#speaker = null;
    let text = '';
    if (turn.error && turn.error.message !== this.#lastError) {
      text = this.#line(`! ${prose(turn.error.message)}`);
    }
    const parts: string[] = [turn.status];
    if (typeof turn.durationMs === 'number') parts.push(duration(turn.durationMs));
    if (this.#totalTokens !== null) {
      parts.push(`${this.#totalTokens.toLocaleString('en-US')} tokens in this thread`);
    }
    return text + this.#line(`\n── ${parts.join(' · ')}`);
  }

  #text(text: string): string {
    if (text !== '') this.#atLineStart = text.endsWith('\n');
    return text;
  }

  /** A line of its own: ends the line that stands open first. */
  #line(text: string): string {
    const start = this.#atLineStart ? '' : '\n';
    this.#atLineStart = true;
    return text === '' ? start : `${start}${text}\n`;
  }
}

function openItem(heading: string, label: string): OpenItem {
  return { heading, label, streamed: 0, endsInReturn: false };
}

function userText(item: UserMessageItem): string {
  return item.content
    .map((input) => (input.type === 'text' ? input.text : `[${input.type}]`))
    .join('\n');
}

function changeLines({ changes }: FileChangeItem): string {
  if (!areShowable(changes)) return '± unknown changes of files';
  return changes.map((change) => `± ${changeLine(change)}`).join('\n');
}

function commandEnd(item: CommandExecutionItem): string {
  const took = typeof item.durationMs === 'number' ? ` after ${duration(item.durationMs)}` : '';
  if (typeof item.exitCode === 'number') return `exit ${item.exitCode}${took}`;
  return item.status === 'declined' ? 'declined, not run' : `${item.status}${took}`;
}

function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

function brief(text: string): string {
  return beginning(oneLine(text.split('\n', 1)[0] ?? ''), BRIEF);
}
