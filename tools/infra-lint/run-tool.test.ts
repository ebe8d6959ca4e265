import { describe, expect, test } from '@jest/globals';
import { complaint, runTool } from './run-tool.ts';

const node = (code: string, deadlineMs?: number) =>
  runTool(process.execPath, ['-e', code], deadlineMs === undefined ? {} : { deadlineMs });

describe('a program that is run', () => {
  test('tells its exit code and what it wrote, however it ends', async () => {
    expect(await node('console.log("out"); console.error("err"); process.exit(3)')).toEqual({
      code: 3,
      stdout: 'out\n',
      stderr: 'err\n',
    });
  });

  test('that does not end in time ends as one that fails, and complains about the time', async () => {
    const ended = await node('console.error("downloading"); setInterval(() => {}, 1000)', 5000);
    expect(ended.code).not.toBe(0);
    expect(complaint(ended)).toMatch(/^downloading\n.* did not end within 5 s, and was stopped\.$/);
  });

  test('that is not there rejects', async () => {
    await expect(runTool('/nowhere/python', [])).rejects.toThrow('ENOENT');
  });
});
