import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';

describe('DynamoDB Local', () => {
  test('lets a process that waits for nothing but its end go on after it', async () => {
    const script = `
      import { startDynamoLocal } from ${JSON.stringify(import.meta.resolve('./local.ts'))};
      const local = await startDynamoLocal();
      await local.stop();
      console.log('went on');
    `;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
    expect(stdout).toBe('went on\n');
  });
});
