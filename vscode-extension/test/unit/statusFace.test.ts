import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statusFace, type ServerState, type StatusFace } from '../../src/statusFace';
import type { Activity } from '../../src/thread';

const FACES: readonly [ServerState, Activity, string, StatusFace['background']][] = [
  ['stopped', 'idle', '$(circle-slash) Codex', null],
  ['starting', 'idle', '$(loading~spin) Codex', null],
  ['failed', 'working', '$(error) Codex', 'error'],
  ['running', 'idle', '$(hubot) Codex', null],
  ['running', 'working', '$(sync~spin) Codex', null],
  ['running', 'waitingOnApproval', '$(bell-dot) Codex: approve?', 'warning'],
  ['running', 'failed', '$(warning) Codex', null],
];

for (const [server, activity, text, background] of FACES) {
  test(`server ${server}, thread ${activity}`, () => {
    const face = statusFace(server, activity);
    assert.deepEqual({ text: face.text, background: face.background }, { text, background });
    assert.notEqual(face.tooltip, '');
  });
}
