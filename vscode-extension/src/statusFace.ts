// How the status bar item looks for each state of the server and of the thread.
import type { Activity } from './thread';

export type ServerState = 'stopped' | 'starting' | 'running' | 'failed';

export interface StatusFace {
  readonly text: string;
  readonly tooltip: string;
  readonly background: 'error' | 'warning' | null;
}

export function statusFace(server: ServerState, activity: Activity): StatusFace {
  switch (server) {
    case 'stopped':
      return face('$(circle-slash) Codex', 'Codex: the server is stopped');
    case 'starting':
      return face('$(loading~spin) Codex', 'Codex: the server is starting');
    case 'failed':
      return face('$(error) Codex', 'Codex: the server does not run', 'error');
    case 'running':
      return activityFace(activity);
  }
}

function activityFace(activity: Activity): StatusFace {
  switch (activity) {
    case 'idle':
      return face('$(hubot) Codex', 'Codex is idle');
    case 'working':
      return face('$(sync~spin) Codex', 'Codex is working');
    case 'waitingOnApproval':
      return face('$(bell-dot) Codex: approve?', 'Codex waits for your approval', 'warning');
    case 'failed':
      return face('$(warning) Codex', 'Codex: the last turn failed, see the Codex output');
  }
}

function face(
  text: string,
  tooltip: string,
  background: StatusFace['background'] = null,
): StatusFace {
  return { text, tooltip, background };
}
