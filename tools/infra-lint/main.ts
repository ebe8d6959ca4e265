// npm run infra:lint: other people's checkers, where infra:check has our own. Exit 1 when something is found, 2 when it could not look.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { profileNames } from '../infra-check/resolve/read-infra.ts';
import { lint } from './cfn-lint.ts';
import { ensureGuard, guard } from './guard.ts';
import { judge } from './judge.ts';
import { plant, whyOverlooked } from './plant.ts';
import { plantedFaults } from './planted-faults.ts';
import { ensurePython } from './python.ts';
import { countTests, renderVerdict } from './report.ts';
import { resolvedSubjects, writtenSubjects } from './subjects.ts';
import { suppressions } from './suppressions.ts';
import { root } from './tool-folder.ts';

const USAGE = `Usage: npm run infra:lint

Shows infra/templates to two checkers that know CloudFormation: cfn-lint, which holds it against the schemas of AWS, and
cfn-guard with the rules of AWS Control Tower. Both see every template as both profiles deploy it, resolved to plain JSON as
for infra:check; cfn-lint also sees the templates as they are written. Exceptions are in tools/infra-lint/suppressions.ts,
each with its reason. Mistakes that are planted in copies show that the checkers look.

Needs Python 3.11 or newer with venv. The checkers are installed under node_modules/.cache, once for each set of versions.`;

async function main(folder: string): Promise<void> {
  const [python, guardFolder] = [await ensurePython(console.log), await ensureGuard(console.log)];
  const written = writtenSubjects(root);
  const resolved = profileNames.flatMap((profile) => resolvedSubjects(root, profile, join(folder, 'resolved')));
  const planted = plantedFaults.map((fault) => plant(root, fault, join(folder, 'planted')));
  const copies = planted.map(({ subject }) => subject);
  const [byLint, byGuard] = await Promise.all([
    lint(python, [...written, ...resolved, ...copies]),
    guard(guardFolder, [...resolved, ...copies]),
  ]);
  const found = [...byLint, ...byGuard];
  const verdict = judge(
    found.filter(({ subject }) => !copies.includes(subject)),
    suppressions,
  );
  const inCopies = judge(
    found.filter(({ subject }) => copies.includes(subject)),
    suppressions,
  ).open;
  const overlooked = planted.flatMap((each) => whyOverlooked(each, inCopies) ?? []);
  const looks = [
    { checker: 'cfn-lint', subjects: [...written, ...resolved] },
    { checker: 'cfn-guard', subjects: resolved },
  ] as const;
  const { passed, failed } = countTests(looks, verdict);
  console.log(
    [
      ...renderVerdict(verdict),
      ...overlooked,
      `${written.length} templates as written, ${resolved.length} resolved, ${planted.length} planted mistakes`,
      `tests: ${passed + planted.length - overlooked.length} passed, ${failed + overlooked.length} failed`,
    ].join('\n'),
  );
  process.exitCode = failed + overlooked.length > 0 ? 1 : 0;
}

const folder = mkdtempSync(join(tmpdir(), 'infra-lint-'));
try {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
  if (values.help) console.log(USAGE);
  else await main(folder);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
} finally {
  rmSync(folder, { recursive: true });
}
