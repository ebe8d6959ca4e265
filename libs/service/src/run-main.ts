/**
 * Runs a process's main function. A failure before it listens, such as a missing variable, is one plain message on
 * standard error and exit code 1, which ECS shows as the reason of the stopped task.
 */
export function runMain(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
    setImmediate(() => process.exit(1));
  });
}
