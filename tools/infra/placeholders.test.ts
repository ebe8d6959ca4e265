import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { at } from '../infra-check/resolve/json.ts';
import { readProfile, readTemplates } from '../infra-check/resolve/read-infra.ts';
import { readGiven, withGiven } from './given-parameters.ts';
import { layersOf } from './layers.ts';
import { filledIn, isPlaceholder, renderMissing } from './placeholders.ts';

const root = join(import.meta.dirname, '../..');
const templates = readTemplates(root);
const production = readProfile(root, 'production');
const given = (...texts: string[]) => withGiven(production, templates, readGiven(texts));
const missingIn = (profile = production) => layersOf(templates, profile).flatMap((layer) => filledIn(layer).missing);

describe('a value that stands for one of yours', () => {
  test.each([
    ['arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000', true],
    ['shop.example', true],
    ['operations@shop.example', true],
    ['https://payment-gateway.example', true],
    ['example/fargate-shop', true],
    ['shop.example.com', true],
    ['Z0000000000000000000', true],
    ['shop.example-bank.com', false],
    ['shop.examples.com', false],
    ['Z0123456789ABCDEFGHIJ', false],
    ['shop.test', false],
    ['arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012', false],
    ['', false],
  ])('%s: %s', (value, expected) => {
    expect(isPlaceholder(value)).toBe(expected);
  });

  test('is in production for each thing that only you can have, and nowhere in the workshop', () => {
    const names = new Set(missingIn().map(({ name }) => name));
    expect([...names].sort()).toEqual(['AlarmEmail', 'CallbackUrl', 'CertificateArn', 'GatewayUrl', 'PublicHostName']);
    expect(missingIn(readProfile(root, 'workshop'))).toEqual([]);
  });

  test('is told with the layers that want it and the option that gives it', () => {
    expect(renderMissing('production', missingIn())).toMatch(
      /^ {2}--parameter GatewayUrl=\.\.\. {2}instead of https:\/\/payment-gateway\.example \(service-payment, jobs\)$/m,
    );
  });

  test('is not asked for again when the stack has the real one', () => {
    const [platform] = layersOf(templates, production, 'platform');
    if (!platform) throw new Error('no platform');
    const { layer, missing } = filledIn(platform, [
      { ParameterKey: 'CallbackUrl', ParameterValue: 'https://shop.test/' },
      { ParameterKey: 'CertificateArn', ParameterValue: 'arn:real' },
      { ParameterKey: 'PublicHostName', ParameterValue: 'shop.test' },
    ]);
    expect(missing).toEqual([]);
    expect(layer.given).toMatchObject({ CertificateArn: 'arn:real', PublicHostName: 'shop.test' });
  });
});

describe('a parameter of the command line', () => {
  test('goes to every template that declares it, root included', () => {
    const { values } = given('GatewayUrl=https://gateway.test', 'AlarmEmail=');
    expect(values).toMatchObject({
      service: { payment: { GatewayUrl: 'https://gateway.test' } },
      jobs: { GatewayUrl: 'https://gateway.test' },
      root: { GatewayUrl: 'https://gateway.test', AlarmEmail: '' },
    });
    expect(at(values, 'service', 'order')).not.toHaveProperty('GatewayUrl');
    expect(at(given('EnableExecuteCommand=true').values, 'service', 'order')).toHaveProperty('EnableExecuteCommand');
  });

  test('can be for one service or template, and leaves the profile as it was', () => {
    const { values } = given('order:MinCapacity=4');
    expect(values).toMatchObject({ service: { order: { MinCapacity: '4' }, payment: { MinCapacity: '2' } } });
    expect(production.values).toMatchObject({ service: { order: { MinCapacity: '2' } } });
  });

  test('is refused when no template declares it, or without a value', () => {
    expect(() => given('CertificatArn=x')).toThrow('No template declares the parameter CertificatArn.');
    expect(() => given('order:CertificateArn=x')).toThrow('No template of order declares');
    expect(() => given('CertificateArn')).toThrow(/should be like Name=value/);
  });
});
