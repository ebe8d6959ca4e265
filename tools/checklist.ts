/** Runs checks one after the other, says how each ended, and sums up. A check within a check counts for itself. */
export function createChecklist() {
  let passed = 0;
  let failed = 0;

  async function check(title: string, run: (note: (text: string) => void) => Promise<void>): Promise<void> {
    let details = '';
    try {
      await run((text) => {
        details = ` (${text})`;
      });
      passed += 1;
      console.log(`ok      ${title}${details}`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED  ${title}${details}\n${error instanceof Error ? error.message : error}`);
    }
  }

  /** Counts what another suite has found. */
  function add(others: { passed: number; failed: number }): void {
    passed += others.passed;
    failed += others.failed;
  }

  function finish(): void {
    console.log(`tests: ${passed} passed, ${failed} failed`);
    process.exitCode = failed === 0 ? 0 : 1;
  }
  return { check, add, finish };
}
