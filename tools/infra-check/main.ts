// Resolves the templates and holds them against the rules. Exit 1 when something is found, 2 when it could not look.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { checkProfile } from './check.ts';
import { readFacts } from './facts.ts';
import { renderResult } from './report.ts';
import { profileNames, readProfile, readTemplates } from './resolve/read-infra.ts';
import { rules } from './rules.ts';

const USAGE = `Usage: npm run infra:check [-- --profile workshop|production] [--rules]

Resolves infra/templates with the parameters of a profile (both without --profile), chapter by chapter and nested, into plain
JSON, and checks it against the rules. Each finding says where it is, which mistake it is, and how to mend it.

  --profile NAME  ${profileNames.join(' or ')}
  --rules         lists the rules instead`;

function main(): void {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h' },
      profile: { type: 'string' },
      rules: { type: 'boolean' },
    },
  });
  if (values.help || values.rules) {
    console.log(values.help ? USAGE : rules.map(({ id, holds }) => `${id.padEnd(4)} ${holds}`).join('\n'));
    return;
  }
  const wanted = profileNames.filter((name) => values.profile === undefined || name === values.profile);
  if (wanted.length === 0)
    throw new Error(`--profile is "${values.profile}", and should be ${profileNames.join(' or ')}`);
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const facts = readFacts(root);
  const templates = readTemplates(root);
  for (const name of wanted) {
    const result = checkProfile(templates, readProfile(root, name), facts);
    console.log(renderResult(name, result, rules.length));
    if (result.findings.length > 0) process.exitCode = 1;
  }
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
