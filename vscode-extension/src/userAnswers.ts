// Puts the questions of the model to the user, one after the other.
import type { UserInputResponse, UserQuestion } from './questions';

/** The way to the user; null when a question was dismissed. */
export interface Asker {
  pick(question: UserQuestion): Promise<Picked | null>;
  type(question: UserQuestion): Promise<string | null>;
}

/** The label of an option; null when the user wants to answer in words of their own. */
export interface Picked {
  readonly answer: string | null;
}

/** What was dismissed or left empty is not answered; after `isOpen` turned false nothing is asked. */
export async function answersTo(
  questions: readonly UserQuestion[],
  asker: Asker,
  isOpen: () => boolean,
): Promise<UserInputResponse> {
  const answers: [string, { readonly answers: readonly string[] }][] = [];
  for (const question of questions) {
    if (!isOpen()) break;
    const answer = await answerTo(question, asker, isOpen);
    if (answer !== null && answer !== '') answers.push([question.id, { answers: [answer] }]);
  }
  return { answers: Object.fromEntries(answers) };
}

async function answerTo(
  question: UserQuestion,
  asker: Asker,
  isOpen: () => boolean,
): Promise<string | null> {
  if (!question.options || question.options.length === 0) return asker.type(question);
  const picked = await asker.pick(question);
  if (picked === null) return null;
  if (picked.answer !== null) return picked.answer;
  return isOpen() ? asker.type(question) : null;
}
