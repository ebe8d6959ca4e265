import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { appProcess } from './app-process.ts';

/** Says nothing to whoever asks first, as a process that is out of breath, and is ready for the next. */
const SILENT_AT_FIRST = `
import { createServer } from 'node:http';
let asked = 0;
createServer((_request, response) => {
  asked += 1;
  if (asked > 1) response.end();
}).listen(process.env.PORT, process.env.HOST);
`;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'app-process-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('An app is asked again whether it is ready when it does not answer at all', async () => {
  const main = join(folder, 'main.mjs');
  writeFileSync(main, SILENT_AT_FIRST);
  const app = await appProcess(pathToFileURL(main), {});
  try {
    expect(await app.start()).toBeUndefined();
  } finally {
    await app.stop();
  }
}, 20_000);
