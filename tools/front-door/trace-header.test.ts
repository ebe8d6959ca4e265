import { describe, expect, test } from '@jest/globals';
import { nextTraceHeader } from './trace-header.ts';

const now = () => 0x67891233 * 1000 + 999;
const root = 'Root=1-00000001-aaaaaaaaaaaaaaaaaaaaaaaa';

describe('the trace header', () => {
  test('is made when there is none, with the second of its making', () => {
    expect(nextTraceHeader(undefined, now)).toMatch(/^Root=1-67891233-[0-9a-f]{24}$/);
    expect(nextTraceHeader('', now)).not.toBe(nextTraceHeader('', now));
  });

  test("keeps the caller's root and other fields and puts a Self in front", () => {
    expect(nextTraceHeader(`${root};CalledFrom=app`, now)).toMatch(
      new RegExp(`^Self=1-67891233-[0-9a-f]{24};${root};CalledFrom=app$`),
    );
  });

  test('replaces a Self of an earlier balancer', () => {
    const header = nextTraceHeader(`Self=1-00000002-bbbbbbbbbbbbbbbbbbbbbbbb;${root}`, now);
    expect(header.match(/Self=/g)).toHaveLength(1);
    expect(header).not.toContain('00000002');
  });

  test('adds a root to fields that have none', () => {
    expect(nextTraceHeader('CalledFrom=app', now)).toMatch(/^Root=1-67891233-[0-9a-f]{24};CalledFrom=app$/);
  });
});
