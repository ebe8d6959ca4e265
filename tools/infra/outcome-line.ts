/** What became of a stack, and how long it took. */
export function outcomeLine(name: string, outcome: string, startedAt: number): string {
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  return `${name.padEnd(45)} ${outcome.padEnd(10)} ${seconds.padStart(7)} s`;
}
