import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  beginning,
  commandLines,
  oneLine,
  prose,
  withoutIcons,
  wrapped,
} from '../../src/visibleText';

const ONE_LINE: readonly [name: string, text: string, shown: string][] = [
  ['plain text', 'mvn -q verify "a b"', 'mvn -q verify "a b"'],
  ['newline and tab', 'a\n\tb', 'a⏎⇥b'],
  ['carriage return', 'rm -rf x\rls', 'rm -rf x<U+000D>ls'],
  ['escape sequence', '\u001b[31mred', '<U+001B>[31mred'],
  ['bidirectional override', 'a\u202Eb\u202C', 'a<U+202E>b<U+202C>'],
  ['bidirectional isolate and mark', '\u2066x\u2069\u200F', '<U+2066>x<U+2069><U+200F>'],
  ['zero width', 'ls\u200B -la\uFEFF', 'ls<U+200B> -la<U+FEFF>'],
  ['no-break space', 'rm\u00A0x', 'rm<U+00A0>x'],
  ['filler that looks empty', 'a\u3164b', 'a<U+3164>b'],
  ['tag character beyond the basic plane', 'a\u{E0041}b', 'a<U+E0041>b'],
  ['line separator', 'a\u2028b', 'a<U+2028>b'],
  ['next line (C1)', 'a\u0085b', 'a<U+0085>b'],
  ['letters of any script', 'echo héllo 你好 🙂', 'echo héllo 你好 🙂'],
  ['a link', '[ls](command:evil)', '<U+005B>ls](command:evil)'],
  ['a nested link', '[[ls](http://x)', '<U+005B><U+005B>ls](http://x)'],
  ['brackets of a shell', '[ -f x ] && echo $(y)', '[ -f x ] && echo $(y)'],
];

for (const [name, text, shown] of ONE_LINE) {
  test(`one line: ${name}`, () => {
    assert.equal(oneLine(text), shown);
  });
}

test('a command keeps its lines in the view', () => {
  assert.equal(commandLines('cat <<E\n\u202Ex\nE\n'), 'cat <<E\n<U+202E>x\nE\n');
});

const PROSE: readonly [name: string, text: string, shown: string][] = [
  ['lines and tabs stay', 'a\n\tb\n', 'a\n\tb\n'],
  ['windows line ends', 'a\r\nb\rc', 'a\nb\nc'],
  ['escape sequences show', '\u001b[31mred', '<U+001B>[31mred'],
  ['bidirectional characters show', 'a\u202Eb', 'a<U+202E>b'],
  ['joined emoji and typographic spaces stay', '👩‍👩‍👧 ❤️ 10\u00A0km', '👩‍👩‍👧 ❤️ 10\u00A0km'],
];

for (const [name, text, shown] of PROSE) {
  test(`prose: ${name}`, () => {
    assert.equal(prose(text), shown);
  });
}

test('a beginning is marked as cut and splits no character', () => {
  assert.equal(beginning('🙂🙂🙂', 2), '🙂🙂…');
  assert.equal(beginning('🙂🙂', 2), '🙂🙂');
});

test('a break in an overlong line is marked', () => {
  assert.equal(wrapped('abcde\n\nfg🙂hi', 2), 'ab ↩\ncd ↩\ne\n\nfg ↩\n🙂h ↩\ni');
});

test('a label starts no icon', () => {
  assert.equal(withoutIcons('$(sync~spin) a $5 $(ls -l)'), '<U+0024>(sync~spin) a $5 $(ls -l)');
});
