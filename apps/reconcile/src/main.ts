import { parseArgs } from 'node:util';
import { parseConfig } from '@shop/config';
import { runReconcile } from './app.ts';
import { ReconcileConfig } from './config.ts';
import { renderReport } from './report.ts';

/** What the exit code says: the scheduler that runs the job alarms on anything but 0. */
const exitCodes = { clean: 0, different: 1, undecided: 2, failed: 3 };

async function main(): Promise<void> {
  const options = { json: { type: 'boolean', default: false }, repair: { type: 'boolean', default: false } } as const;
  const { values } = parseArgs({ options });
  const report = await runReconcile(parseConfig(ReconcileConfig, process.env), { repair: values.repair });
  process.stdout.write(`${values.json ? JSON.stringify(report) : renderReport(report)}\n`);
  process.exitCode = exitCodes[report.outcome];
}

main().catch((error: unknown) => {
  process.stderr.write(`reconcile could not finish: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = exitCodes.failed;
});
