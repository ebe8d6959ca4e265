import { expect, test } from '@jest/globals';
import { nameTask } from './task-names.ts';

const container = (id: string, labels: Record<string, string> | null) =>
  ({ Id: id, Name: '/order', Config: { Labels: labels } }) as Parameters<typeof nameTask>[0];

test('the replicas of a service are spread over three zones', () => {
  const zones = ['1', '2', '3', '4'].map(
    (number) =>
      nameTask(container('0'.repeat(64), { 'com.docker.compose.container-number': number }), 'eu-north-1')
        .availabilityZone,
  );
  expect(zones).toEqual(['eu-north-1a', 'eu-north-1b', 'eu-north-1c', 'eu-north-1a']);
});

test.each(['00000000', '00000001', 'ffffffff'])('a container that ends in %s and is no replica has a zone', (end) => {
  expect(nameTask(container(end.padStart(64, '0'), null), 'eu-north-1').availabilityZone).toMatch(/^eu-north-1[abc]$/);
});

test('a label tells the revision', () => {
  const labels = { 'com.amazonaws.ecs.task-definition-version': '17' };
  expect(nameTask(container('0'.repeat(64), labels), 'eu-north-1').revision).toBe('17');
});
