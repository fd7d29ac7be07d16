// Text that came from a model or a program, made safe to look at: what cannot be seen is shown.

/** Control, format, private and ignorable characters, line separators, spaces but the ordinary one. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/gu;

/** What can move or hide other text: control characters and the bidirectional ones. */
const DISTURBING = /(?![\n\t])[\p{Cc}\p{Bidi_Control}]/gu;

/** The start of what a notification would turn into a link, hiding its target. */
const LINK_START = /\[(?=[^\]]*\]\()/g;

/** The start of what a label or a prompt would turn into an icon. */
const ICON_START = /\$(?=\([\w~-]+\))/g;

const SIGNS: Readonly<Record<string, string>> = { '\n': '⏎', '\t': '⇥' };

function codePoint(character: string): string {
  const number = character.codePointAt(0) ?? 0;
  return `<U+${number.toString(16).toUpperCase().padStart(4, '0')}>`;
}

/**
 * A command on one line, for a notification: newlines and tabs become signs, other unseen characters
 * their code points, and no bracket starts a link. Nothing is left out.
 */
export function oneLine(text: string): string {
  return text
    .replace(UNSEEN, (character) => SIGNS[character] ?? codePoint(character))
    .replace(LINK_START, codePoint);
}

/** No dollar sign starts what the editor would draw as an icon. */
export function withoutIcons(text: string): string {
  return text.replace(ICON_START, codePoint);
}

/** A command with its lines kept, for the output view; everything else unseen is shown. */
export function commandLines(text: string): string {
  return text.split('\n').map(oneLine).join('\n');
}

/**
 * Prose or program output. Joined emoji and typographic spaces stay as they are, since nothing is
 * decided by this text; a carriage return counts as a line end.
 */
export function prose(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(DISTURBING, codePoint);
}

/** At most so many characters; a cut is marked and never splits a character. */
export function beginning(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length <= most ? text : `${characters.slice(0, most).join('')}…`;
}

/** Breaks overlong lines where they reach `width`; each break is marked, so that it is none of the text's. */
export function wrapped(text: string, width: number): string {
  const piece = new RegExp(`.{1,${width}}`, 'gu');
  return text
    .split('\n')
    .map((line) => (line.match(piece) ?? ['']).join(' ↩\n'))
    .join('\n');
}
