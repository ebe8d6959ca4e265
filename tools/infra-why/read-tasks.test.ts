import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readTasks } from './read-tasks.ts';

const event = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures/by-hand.json'), 'utf8'));
const later = {
  ...event,
  detail: { ...event.detail, taskArn: `${event.detail.taskArn}9`, stoppedAt: '2026-03-02T11:00:00.000Z' },
};
const arns = (value: unknown) => readTasks(JSON.stringify(value)).map(({ taskArn }) => taskArn);

describe('stopped tasks', () => {
  test('are read from one event, a list, the answer of CloudWatch Logs, and that of ECS', () => {
    const expected = [later.detail.taskArn, event.detail.taskArn];
    expect(arns(event)).toEqual([event.detail.taskArn]);
    expect(arns([event, later])).toEqual(expected);
    expect(arns({ events: [event, later].map((each) => ({ message: JSON.stringify(each) })) })).toEqual(expected);
    expect(arns({ tasks: [event.detail, later.detail], failures: [] })).toEqual(expected);
  });

  test('are read from events one a line', () => {
    const lines = [event, later].map((each) => JSON.stringify(each)).join('\n');
    expect(readTasks(`${lines}\n`)).toHaveLength(2);
  });

  test('come latest first, and once each though ECS tells of a task again', () => {
    expect(arns([later, event, event])).toEqual([later.detail.taskArn, event.detail.taskArn]);
  });

  test('are not the tasks that still run, nor other events', () => {
    const running = { ...event, detail: { ...event.detail, lastStatus: 'RUNNING' } };
    expect(arns([running, { source: 'aws.ecs', detail: { eventName: 'SERVICE_STEADY_STATE' } }])).toEqual([]);
  });

  test('are refused when they are no JSON', () => {
    expect(() => readTasks('No tasks')).toThrow(SyntaxError);
  });
});
