import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountFace, type AccountFace } from '../../src/accountFace';
import type { AccountReadResponse } from '../../src/requests';

const NOT_USED = 'The configured model provider does not use an account of OpenAI.';
const CHATGPT = { type: 'chatgpt', email: 'me@example.org', planType: 'plus' } as const;

const FACES: readonly [AccountReadResponse, AccountFace][] = [
  [
    { account: null, requiresOpenaiAuth: false },
    { words: NOT_USED, maySignIn: true, maySignOut: true },
  ],
  [
    { account: null, requiresOpenaiAuth: true },
    { words: 'Nobody is signed in.', maySignIn: true, maySignOut: false },
  ],
  [
    { requiresOpenaiAuth: true },
    { words: 'Nobody is signed in.', maySignIn: true, maySignOut: false },
  ],
  [
    { account: { type: 'apiKey' }, requiresOpenaiAuth: true },
    { words: 'Signed in with an API key.', maySignIn: true, maySignOut: true },
  ],
  [
    { account: CHATGPT, requiresOpenaiAuth: true },
    {
      words: 'Signed in with ChatGPT as me@example.org (plus).',
      maySignIn: true,
      maySignOut: true,
    },
  ],
  [
    { account: { ...CHATGPT, email: null }, requiresOpenaiAuth: true },
    { words: 'Signed in with ChatGPT (plus).', maySignIn: true, maySignOut: true },
  ],
];
for (const [response, face] of FACES) {
  test(`${face.words} for ${JSON.stringify(response)}`, () => {
    assert.deepEqual(accountFace(response), face);
  });
}
