import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { declaredParameters } from '../infra-check/resolve/parameters.ts';
import { readProfile, readTemplates } from '../infra-check/resolve/read-infra.ts';
import { emulatorLacks } from './emulator-lacks.ts';
import { layersOf, optionalLayers, pausableLayers, paused } from './layers.ts';
import { asParameters, namedOutputs, stackParameters } from './stack-parameters.ts';

const root = join(import.meta.dirname, '../..');
const templates = readTemplates(root);
const profile = readProfile(root, 'production');
const layers = layersOf(templates, profile);
const layer = (name: string) => {
  const [only] = layersOf(templates, profile, name);
  if (!only) throw new Error(name);
  return only;
};

describe('the layers of a deployment', () => {
  test('begin with the repositories and have each service after what it stands on', () => {
    const names = layers.map(({ name }) => name);
    expect(names[0]).toBe('registry');
    for (const earlier of ['platform', 'service-access-order', 'service-routing-order', 'data'])
      expect(names.indexOf(earlier)).toBeLessThan(names.indexOf('service-order'));
  });

  test('are all templates but those that are deployed by name', () => {
    const deployed = new Set(layers.map(({ template }) => template.name));
    const others = templates.map(({ name }) => name).filter((name) => !deployed.has(name) && !name.startsWith('root'));
    expect(others.sort()).toEqual(Object.keys(optionalLayers).sort());
    expect(layersOf(templates, profile, 'nlb')).toHaveLength(1);
  });

  test('can be one template for all services, or for one of them', () => {
    expect(layersOf(templates, profile, 'service').map(({ name }) => name)).toEqual([
      'service-catalog',
      'service-payment',
      'service-order',
    ]);
    expect(layersOf(templates, profile, 'service-order')).toHaveLength(1);
    expect(() => layersOf(templates, profile, 'sevice')).toThrow(/There is no layer "sevice"/);
  });

  test('take the outputs of earlier ones by equal names, those of a service by its own', () => {
    const outputs = {
      ...namedOutputs(layer('service-access-order'), { TaskRoleArn: 'of order' }),
      ClusterArn: 'of all',
    };
    const values = stackParameters(layer('service-order'), { ...outputs, OrderRepositoryUri: 'shop/order' }, [], 'abc');
    expect(values).toMatchObject({ TaskRoleArn: 'of order', ClusterArn: 'of all', ImageUri: 'shop/order:abc' });
    expect(stackParameters(layer('service-catalog'), outputs, [], 'abc')).not.toHaveProperty('TaskRoleArn');
  });

  test('keep the image that runs when no other is named', () => {
    const current = [
      { ParameterKey: 'ImageUri', ParameterValue: 'shop/order:old' },
      { ParameterKey: 'CollectorImageUri', ParameterValue: 'collector:old' },
    ];
    const values = stackParameters(layer('service-order'), { OrderRepositoryUri: 'shop/order' }, current);
    expect(values.ImageUri).toBe('shop/order:old');
    expect(values).not.toHaveProperty('CollectorImageUri');
  });

  test('are given lists as texts', () => {
    expect(asParameters({ SubnetIds: ['a', 'b'], Count: 2 })).toEqual([
      { ParameterKey: 'SubnetIds', ParameterValue: 'a,b' },
      { ParameterKey: 'Count', ParameterValue: '2' },
    ]);
  });
});

describe('a paused shop', () => {
  const changes = pausableLayers(templates, profile).map(paused);

  test('has no task, no schedule that starts one, and no NAT gateway', () => {
    const given = (name: string) => changes.find((each) => each.name === name)?.given;
    expect(given('service-scaling-order')).toMatchObject({ MinCapacity: '0', MaxCapacity: '0', RushSchedule: '' });
    expect(given('jobs')).toMatchObject({ ScheduleState: 'DISABLED' });
    expect(given('network')).toMatchObject({ NatMode: 'none' });
  });

  test.each(changes)('only changes parameters that $name declares', ({ name: changedLayer, template, given }) => {
    const before = pausableLayers(templates, profile).find(({ name }) => name === changedLayer)?.given ?? {};
    const changed = Object.keys(given).filter((name) => given[name] !== before[name]);
    expect(changed.length).toBeGreaterThan(0);
    expect(declaredParameters(template)).toEqual(expect.arrayContaining(changed));
  });
});

test('each type that is left out for an emulator is one that the templates use', () => {
  const types = templates.flatMap(({ body }) => JSON.stringify(body).match(/AWS::\w+::\w+/g) ?? []);
  expect(Object.keys(emulatorLacks).filter((type) => !types.includes(type))).toEqual([]);
});
