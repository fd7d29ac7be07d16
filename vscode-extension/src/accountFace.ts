// How the account is told of, and what can be done about it.
import type { AccountReadResponse } from './requests';
import { oneLine } from './visibleText';

export interface AccountFace {
  readonly words: string;
  readonly maySignIn: boolean;
  readonly maySignOut: boolean;
}

export function accountFace({ account, requiresOpenaiAuth }: AccountReadResponse): AccountFace {
  if (!requiresOpenaiAuth) {
    // Whether somebody is signed in all the same is not told.
    const words = 'The configured model provider does not use an account of OpenAI.';
    return { words, maySignIn: true, maySignOut: true };
  }
  if (!account) return { words: 'Nobody is signed in.', maySignIn: true, maySignOut: false };
  switch (account.type) {
    case 'apiKey':
      return { words: 'Signed in with an API key.', maySignIn: true, maySignOut: true };
    case 'chatgpt': {
      const email = account.email ? ` as ${oneLine(account.email)}` : '';
      const words = `Signed in with ChatGPT${email} (${oneLine(account.planType)}).`;
      return { words, maySignIn: true, maySignOut: true };
    }
  }
}
