// npm run generate: writes the files that are generated from others; with --check it only tells which are stale.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { answerHelp } from '../usage.ts';
import { generatedFiles } from './generated-files.ts';
import { staleFiles } from './stale-files.ts';

answerHelp(`Usage: npm run generate [-- --check]

Writes the files that are generated from infra/: the configuration of the local balancer, the tables of parameters, the time lines.

  --check  writes nothing, and ends with 1 when one of them is stale`);

const root = join(import.meta.dirname, '../..');
const isCheck = process.argv.includes('--check');
const files = generatedFiles(root);
const stale = staleFiles(root, files);

for (const { path, text } of stale) {
  if (!isCheck) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  console.log(isCheck ? `${path} is stale: npm run generate writes it` : `${path} written`);
}
if (stale.length === 0) console.log(`All ${files.length} generated files are as they should be.`);
if (isCheck && stale.length > 0) process.exitCode = 1;
