import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UserQuestion } from '../../src/questions';
import { answersTo, type Asker, type Picked } from '../../src/userAnswers';

/** Plays a user and records what was asked. */
class FakeUser implements Asker {
  readonly asked: string[] = [];
  readonly #picks: readonly (Picked | null)[];
  readonly #words: readonly (string | null)[];

  constructor(picks: readonly (Picked | null)[], words: readonly (string | null)[]) {
    this.#picks = picks;
    this.#words = words;
  }

  pick({ id }: UserQuestion): Promise<Picked | null> {
    const count = this.asked.filter((asked) => asked.startsWith('pick')).length;
    this.asked.push(`pick ${id}`);
    return Promise.resolve(this.#picks[count] ?? null);
  }

  type({ id }: UserQuestion): Promise<string | null> {
    const count = this.asked.filter((asked) => asked.startsWith('type')).length;
    this.asked.push(`type ${id}`);
    return Promise.resolve(this.#words[count] ?? null);
  }
}

const options = [
  { label: 'Yes', description: 'go on' },
  { label: 'No', description: 'stop' },
];
const choice: UserQuestion = { id: 'c', header: 'H', question: 'Which?', options };
const free: UserQuestion = { id: 'f', header: 'H', question: 'What?', options: null };

interface Play {
  readonly questions: readonly UserQuestion[];
  readonly picks?: readonly (Picked | null)[];
  readonly words?: readonly (string | null)[];
  readonly asked: readonly string[];
  readonly answers: object;
}

const PLAYS: Readonly<Record<string, Play>> = {
  'an option': {
    questions: [choice],
    picks: [{ answer: 'No' }],
    asked: ['pick c'],
    answers: { c: { answers: ['No'] } },
  },
  'words of their own instead of an option': {
    questions: [choice],
    picks: [{ answer: null }],
    words: ['maybe'],
    asked: ['pick c', 'type c'],
    answers: { c: { answers: ['maybe'] } },
  },
  'words where there are no options': {
    questions: [free, { ...free, id: 'g', options: [] }],
    words: ['one', 'two'],
    asked: ['type f', 'type g'],
    answers: { f: { answers: ['one'] }, g: { answers: ['two'] } },
  },
  'nothing to the first, an option to the second': {
    questions: [free, choice],
    words: [null],
    picks: [{ answer: 'Yes' }],
    asked: ['type f', 'pick c'],
    answers: { c: { answers: ['Yes'] } },
  },
  'no words after all': {
    questions: [choice],
    picks: [{ answer: null }],
    words: [null],
    asked: ['pick c', 'type c'],
    answers: {},
  },
  'empty words': { questions: [free], words: [''], asked: ['type f'], answers: {} },
  'nothing at all': { questions: [choice], asked: ['pick c'], answers: {} },
  'to no question': { questions: [], asked: [], answers: {} },
};

for (const [name, play] of Object.entries(PLAYS)) {
  test(`the user answers ${name}`, async () => {
    const user = new FakeUser(play.picks ?? [], play.words ?? []);
    const response = await answersTo(play.questions, user, () => true);
    assert.deepEqual(response, { answers: play.answers });
    assert.deepEqual(user.asked, play.asked);
  });
}

test('a withdrawn question asks nothing more', async () => {
  const user = new FakeUser([{ answer: null }], ['late']);
  await answersTo([choice, free], user, () => user.asked.length === 0);
  assert.deepEqual(user.asked, ['pick c']);
});
