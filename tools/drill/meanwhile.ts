/**
 * Acts while something else runs, then tells that to end, and resolves to its result. It runs until it is told to end: when
 * it breaks, so does all.
 */
export async function meanwhile<Result>(
  run: (end: AbortSignal) => Promise<Result>,
  signal: AbortSignal,
  act: () => Promise<void>,
): Promise<Result> {
  const end = new AbortController();
  const ended = run(AbortSignal.any([end.signal, signal]));
  const brokeOff = ended.then(() => {
    throw new Error('What should run meanwhile has ended too early.');
  });
  try {
    await Promise.race([act(), brokeOff]);
  } finally {
    end.abort();
    await Promise.allSettled([ended]);
  }
  return ended;
}
