import { parseConfig } from '@shop/config';
import { LoadConfig } from './config.ts';
import { createIssuerClient } from './issuer-client.ts';
import { createLoad, type Load } from './load.ts';

const SHOWN_FAILURES = 3;

/** Visits a shop until the time is over or SIGTERM comes. Exit code 1 when a request failed. */
async function main(): Promise<void> {
  const config = parseConfig(LoadConfig, process.env);
  const end = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => end.abort());
  if (config.DURATION_S !== undefined) setTimeout(() => end.abort(), config.DURATION_S * 1000).unref();
  const { RATE_PER_SECOND: perSecond, CONCURRENCY: concurrency } = config;
  const load = createLoad({
    baseUrl: config.BASE_URL,
    giveToken: createIssuerClient(config.ISSUER_URL),
    pace: perSecond === undefined ? { concurrency } : { perSecond },
  });

  const summaries = setInterval(() => tell('load goes on', load), config.SUMMARY_INTERVAL_MS);
  const { failed } = await load.run(end.signal).finally(() => clearInterval(summaries));
  tell('load has ended', load);
  process.exitCode = failed === 0 ? 0 : 1;
}

/** One line in the shape of the services' own. */
function tell(msg: string, load: Load): void {
  const { failures, ...counts } = load.report();
  const level = counts.failed === 0 ? 'info' : 'warn';
  const line = { level, time: new Date().toISOString(), service: 'load-generator', msg, ...counts };
  console.log(JSON.stringify({ ...line, lastFailures: failures.slice(-SHOWN_FAILURES) }));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
