import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', 'test-results/', 'server/', 'target/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'max-lines': ['error', 350],
      'max-lines-per-function': ['error', { max: 30, skipComments: true, skipBlankLines: true }],
      'max-params': ['error', 5],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { allowDefaultCaseForExhaustiveSwitch: false, requireDefaultForNonUnion: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    // node:test returns promises that its runner awaits by itself; tables make long describe blocks.
    files: ['test/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', name: ['test', 'describe'], package: 'node:test' },
          ],
        },
      ],
    },
  },
  {
    // Pure rooms: their tests run without an editor, so nothing of the editor may enter.
    files: [
      'src/protocol.ts',
      'src/launch.ts',
      'src/thread.ts',
      'src/statusFace.ts',
      'src/approvalPrompt.ts',
      'src/visibleText.ts',
      'src/views/transcript.ts',
      'test/unit/**/*.ts',
    ],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: ['vscode'], patterns: ['vscode-languageclient', 'vscode-languageclient/*'] },
      ],
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly' } },
  },
);
