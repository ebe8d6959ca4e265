// npm run e2e -- [--base-url URL] [--issuer-url URL | --token-command COMMAND | --anonymous] [--no-service-pages]
import { type Arguments, readArguments, USAGE } from './arguments.ts';
import { runSuite } from './run-suite.ts';

/** Resolves to the exit code. */
async function main(): Promise<number> {
  const wanted = readArguments(process.argv.slice(2));
  if (!wanted) {
    console.log(USAGE);
    return 0;
  }
  const fault = await faultOf(wanted);
  if (fault) throw new Error(fault);
  const { baseUrl, tokens, servicePages } = wanted;
  console.log(
    `Testing the shop at ${baseUrl}, ${sourceOf(tokens)}, service pages ${servicePages ? 'open' : 'closed'}.\n`,
  );
  const { passed, failed } = await runSuite(wanted);
  console.log(`tests: ${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

function sourceOf(tokens: Arguments['tokens']): string {
  if (!tokens) return 'as a stranger';
  return `tokens from ${'command' in tokens ? `the command "${tokens.command}"` : tokens.issuerUrl}`;
}

/** Why the tests need not even begin. */
async function faultOf({ baseUrl, tokens }: Arguments): Promise<string | undefined> {
  const shop = await statusOf(`${baseUrl}/v1/products/categories`);
  if (shop !== 200)
    return `No shop answers at ${baseUrl} (${shop}): run npm start first, or name another address with --base-url.`;
  if (!tokens || 'command' in tokens) return undefined;
  const issuer = await statusOf(`${tokens.issuerUrl}/.well-known/openid-configuration`);
  if (issuer !== 200)
    return `No issuer answers at ${tokens.issuerUrl} (${issuer}): name it with --issuer-url, or give a --token-command.`;
}

async function statusOf(url: string): Promise<number | string> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5000) });
    await answer.body?.cancel();
    return answer.status;
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? 'nothing within 5 s' : 'no connection';
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
