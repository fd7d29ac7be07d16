// What a reviewer has found, as the editor can show it beside the code.
import { isAbsolute, join } from 'node:path';
import { isKnownItem, type ReviewFinding, type ThreadItem } from './protocol';
import { oneLine, prose } from './visibleText';

/** A text of a model has no end of its own. */
const MOST_FINDINGS = 200;

export type Severity = 'error' | 'warning' | 'information';

export interface Finding {
  readonly path: string;
  /** Counted from 0, the last one included. */
  readonly firstLine: number;
  readonly lastLine: number;
  readonly severity: Severity;
  readonly message: string;
}

/** Null for an item that is no result of a review. `folder` is where the thread works. */
export function findingsOf(item: ThreadItem, folder: string): readonly Finding[] | null {
  if (!isKnownItem(item) || item.type !== 'exitedReviewMode') return null;
  const found = item.output?.findings ?? [];
  return found.slice(0, MOST_FINDINGS).map((finding) => shown(finding, folder));
}

function shown(finding: ReviewFinding, folder: string): Finding {
  const { file, lineRange } = finding;
  const firstLine = Math.max(0, lineRange.start - 1);
  return {
    path: isAbsolute(file) ? file : join(folder, file),
    firstLine,
    lastLine: Math.max(firstLine, lineRange.end - 1),
    severity: severityOf(finding.priority ?? null),
    message: `${oneLine(finding.title)}\n${prose(finding.body)}`,
  };
}

function severityOf(priority: number | null): Severity {
  if (priority === null) return 'warning';
  if (priority <= 1) return 'error';
  return priority === 2 ? 'warning' : 'information';
}
