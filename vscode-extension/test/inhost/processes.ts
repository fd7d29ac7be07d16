// Asks Linux about a process that is not a child of ours.
import { readFileSync } from 'node:fs';

/** False for a zombie too: where nobody reaps orphans, as in some containers, it stays for ever. */
export function isAlive(pid: number | undefined): boolean {
  try {
    // The state stands after the name, which is in parentheses and may hold any character.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
  } catch {
    return false;
  }
}
