// Waiting for what is not announced: asks again and again, and gives up after a named time.

/** A bound for what takes a second, generous enough for two cores that have much else to do. */
export const PATIENCE_MS = 60_000;

const PAUSE_MS = 50;

export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  limitMs = PATIENCE_MS,
): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`${what}: not within ${limitMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
