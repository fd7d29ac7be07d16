// "Codex: Show Log": what the server logs, and the trace of messages when codex.trace.server is on.
import type { Codex } from '../codex';

export function showLog(codex: Codex): void {
  codex.log.show();
}
