// What the model is scripted to do for each prompt, wherever it is played: in the fake server, or in
// the fake model behind the real server. The tests expect the same from both.

/** Thoughts, then a streamed answer. */
export const HELLO = 'say hello';
export const HELLO_THOUGHT = 'Greeting the user';
export const HELLO_ANSWER = ['Hello ', 'from the ', 'scripted model.'];

/** The rest of the prompt is a shell command, run after an approval; then AFTER_COMMAND. */
export const RUN = 'run: ';
export const COMMAND_REASON = 'the script says so';
export const AFTER_COMMAND = 'That is all.';

/** An answer that begins and never ends. */
export const STALL = 'stall';
export const STALL_BEGINNING = 'One moment';

/** The instructions of a review; the rest of them is the file that has something in its second line. */
export const REVIEW = 'look at: ';
export const FOUND_TITLE = '[P1] Says nothing';
export const FOUND_BODY = 'A word is missing here.';

/** The rest of the prompt is a `ScriptedQuestion` as JSON. Only the fake server can play it. */
export const QUESTION = 'question: ';

/** The server starts the item, if there is one, and asks; the answer is what the client answered, as JSON. */
export interface ScriptedQuestion {
  readonly method: string;
  readonly params: object;
  readonly item?: { readonly type: string; readonly id: string };
}

/** As RUN, but the approval is answered elsewhere after a moment. Only the fake server can play it. */
export const ELSEWHERE = 'elsewhere: ';
