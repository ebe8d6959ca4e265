/**
 * Runs a process's main function. A failure before it listens, such as a missing variable, is one plain message on
 * standard error and exit code 1, which ECS shows as the reason of the stopped task; a mistake in the code comes with its
 * stack.
 */
export function runMain(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    process.stderr.write(`${describe(error)}\n`);
    process.exitCode = 1;
    setImmediate(() => process.exit(1));
  });
}

const mistakes = [TypeError, ReferenceError, RangeError, SyntaxError];

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return mistakes.some((mistake) => error instanceof mistake) ? String(error.stack) : error.message;
}
