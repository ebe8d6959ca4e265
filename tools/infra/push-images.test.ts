import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ECRClient } from '@aws-sdk/client-ecr';
import { expect, test } from '@jest/globals';
import { accessTo, startFakeAws } from './fake-aws.fixture.ts';
import { pushImages } from './images.ts';

test('a Docker that does not come to an end is given up with a sentence', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'docker-'));
  const path = process.env.PATH;
  const fake = await startFakeAws(() => ({
    body: JSON.stringify({ authorizationData: [{ proxyEndpoint: 'https://one' }] }),
  }));
  writeFileSync(join(folder, 'docker'), '#!/bin/sh\nexec tail -f /dev/null\n', { mode: 0o755 });
  process.env.PATH = `${folder}:${path}`;
  try {
    const pushing = pushImages(folder, { ecr: new ECRClient(accessTo(fake.endpoint)) }, [], 'one', 300);
    await expect(pushing).rejects.toThrow(/^docker login took longer than/);
  } finally {
    process.env.PATH = path;
    await fake.stop();
    rmSync(folder, { recursive: true });
  }
});
