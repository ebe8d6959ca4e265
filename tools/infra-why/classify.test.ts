import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { at, isObject } from '../infra-check/resolve/json.ts';
import { readTemplates } from '../infra-check/resolve/read-infra.ts';
import { causes, classify, unknownCause } from './classify.ts';
import { readTasks } from './read-tasks.ts';
import { renderTask } from './render-task.ts';

const root = join(import.meta.dirname, '../..');
const fixtures = globSync('*.json', { cwd: join(import.meta.dirname, 'fixtures') }).map((file) => file.slice(0, -5));
const fixture = (id: string) => readFileSync(join(import.meta.dirname, 'fixtures', `${id}.json`), 'utf8');
const [unhealthy] = readTasks(fixture('container-unhealthy'));
const parametersOfTemplates = readTemplates(root).flatMap(({ body }) => {
  const parameters = at(body, 'Parameters');
  return isObject(parameters) ? Object.keys(parameters) : [];
});

describe('why a task stopped', () => {
  test.each(fixtures)('the event %s.json says by its name what it is', (id) => {
    const [task] = readTasks(fixture(id));
    expect(task && classify(task).id).toBe(id);
  });

  test('there is an event for each cause', () => {
    expect([...causes, unknownCause].map(({ id }) => id).sort()).toEqual([...fixtures].sort());
  });

  test.each(causes)('the fix of $id names only parameters and templates that exist', ({ fix }) => {
    const parameters = [...fix.matchAll(/`(\w+)`/g)].map(([, name]) => name);
    const templates = [...fix.matchAll(/[\w-]+\.yaml/g)].map(([name]) => name);
    expect(parameters.filter((name) => !parametersOfTemplates.includes(String(name)))).toEqual([]);
    expect(templates.filter((name) => globSync(`infra/templates/${name}`, { cwd: root }).length === 0)).toEqual([]);
  });

  test('a memory that was full is told before the health check that failed for it', () => {
    const containers = [{ name: 'order', exitCode: 137, reason: 'OutOfMemoryError: killed' }];
    expect(unhealthy && classify({ ...unhealthy, containers }).id).toBe('out-of-memory');
  });

  test('a tag that contains 403 is not taken for a denial', () => {
    const stoppedReason = 'CannotPullContainerError: shop/order:a403: not found';
    expect(unhealthy && classify({ ...unhealthy, stopCode: 'TaskFailedToStart', stoppedReason }).id).toBe(
      'image-not-found',
    );
  });

  test('is told with what it was seen from and what mends it', () => {
    const [task] = readTasks(fixture('startup-failed'));
    const text = task ? renderTask(task) : '';
    expect(text).toContain('service:fargate-shop-workshop-payment');
    expect(text).toMatch(/CAUSE {2}startup-failed: .+/);
    expect(text).toContain('seen    EssentialContainerExited: Essential container in task exited');
    expect(text).toContain('seen    payment: exit code 1\n');
    expect(text).toMatch(/fix {5}Read the last lines/);
  });
});
