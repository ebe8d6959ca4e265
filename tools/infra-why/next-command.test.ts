import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { classify } from './classify.ts';
import { nextCommand } from './next-command.ts';
import { readTasks } from './read-tasks.ts';

const next = (id: string) => {
  const [task] = readTasks(readFileSync(join(import.meta.dirname, 'fixtures', `${id}.json`), 'utf8'));
  return task ? nextCommand(task, classify(task)) : '';
};

test('what comes next for a task that failed is its log, from the stream that its container wrote', () => {
  expect(next('startup-failed')).toMatch(
    /--log-group-name \/fargate-shop\/workshop\/payment --log-stream-name payment\/payment\/[0-9a-f]{32} /,
  );
  expect(next('reconcile-failed')).toContain('--log-group-name /fargate-shop/workshop/jobs ');
});

test('what comes next for an image is its repository', () => {
  expect(next('image-not-found')).toMatch(/^aws ecr describe-images --repository-name fargate-shop\/\w+$/);
});

test('what comes next for a task that never ran is a look at the templates', () => {
  expect(next('no-route')).toBe('npm run infra:check -- --profile workshop');
});

test('what comes next for a task that was meant to stop is the state of the services', () => {
  expect(next('by-hand')).toBe('npm run infra:status -- --profile workshop');
});
