import { describe, expect, test } from '@jest/globals';
import { type TObject, Type } from 'typebox';
import { ConfigError, parseConfig } from './config.ts';

function faultsOf(schema: TObject, environment: Record<string, string | undefined>): readonly string[] {
  try {
    parseConfig(schema, environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe('a configuration', () => {
  test('has its text turned into the numbers and booleans that the schema wants', () => {
    const schema = Type.Object({
      PORT: Type.Integer(),
      RATIO: Type.Number(),
      VERBOSE: Type.Boolean(),
      TABLE: Type.String(),
      BUILD: Type.String(),
    });
    const environment = { PORT: '3000', RATIO: '-0.25', VERBOSE: 'false', TABLE: 'orders', BUILD: '2026' };
    expect(parseConfig(schema, environment)).toEqual({
      PORT: 3000,
      RATIO: -0.25,
      VERBOSE: false,
      TABLE: 'orders',
      BUILD: '2026',
    });
  });

  test('takes defaults for what is absent or empty, and leaves optional variables out', () => {
    const schema = Type.Object({
      HOST: Type.String({ default: '0.0.0.0' }),
      DELAY_MS: Type.Integer({ default: 0 }),
      ARN: Type.Optional(Type.String()),
      KEY: Type.Optional(Type.String()),
    });
    expect(parseConfig(schema, { HOST: '', KEY: '' })).toEqual({ HOST: '0.0.0.0', DELAY_MS: 0 });
  });

  test('leaves variables alone that the schema does not name', () => {
    expect(parseConfig(Type.Object({ A: Type.String() }), { A: 'a', PATH: '/bin' })).toEqual({ A: 'a' });
  });

  test('that is wrong names every fault at once, with what was expected', () => {
    const schema = Type.Object({
      ORDERS_TABLE: Type.String({ description: 'name of the table of orders' }),
      EMPTY: Type.String({ minLength: 3 }),
      PORT: Type.Integer({ minimum: 1, maximum: 65535 }),
      RETRIES: Type.Integer({ minimum: 0 }),
      RATIO: Type.Number({ maximum: 1 }),
      VERBOSE: Type.Boolean(),
      LOG_LEVEL: Type.Union([Type.Literal('debug'), Type.Literal('info')]),
      PEER_URL: Type.String({ pattern: '^https?://' }),
      REGION: Type.String({ minLength: 3, maxLength: 20 }),
      STAGE: Type.Enum(['test', 'live']),
      FINE: Type.String(),
    });
    const environment = {
      EMPTY: '',
      PORT: '70000',
      RETRIES: '1.5',
      RATIO: 'half',
      VERBOSE: 'yes',
      LOG_LEVEL: 'loud',
      PEER_URL: 'localhost:3001',
      REGION: 'eu',
      STAGE: 'prod',
      FINE: 'fine',
    };
    expect(faultsOf(schema, environment)).toEqual([
      'ORDERS_TABLE is not set, expected text (name of the table of orders)',
      'EMPTY is not set, expected text, its length of at least 3',
      'PORT is "70000", expected a whole number from 1 to 65535',
      'RETRIES is "1.5", expected a whole number of at least 0',
      'RATIO is "half", expected a number of at most 1',
      'VERBOSE is "yes", expected true or false',
      'LOG_LEVEL is "loud", expected one of debug, info',
      'PEER_URL is "localhost:3001", expected text that matches ^https?://',
      'REGION is "eu", expected text, its length from 3 to 20',
      'STAGE is "prod", expected one of test, live',
    ]);
  });

  test.each(['', ' ', ' 3', '3 ', '0x10', '1e3', 'Infinity', 'NaN', '9007199254740993', '3,5'])(
    'does not take "%s" for a whole number',
    (text) => {
      expect(faultsOf(Type.Object({ COUNT: Type.Integer() }), { COUNT: text })).toHaveLength(1);
    },
  );

  test('never shows the value of a secret', () => {
    const schema = Type.Object({ API_KEY: Type.String({ secret: true, minLength: 16 }), PORT: Type.Integer() });
    const { message, faults } = new ConfigError(faultsOf(schema, { API_KEY: 'hunter2', PORT: 'x' }));
    expect(message).not.toContain('hunter2');
    expect(faults[0]).toBe(
      'API_KEY has a value that does not fit (not shown), expected text, its length of at least 16',
    );
    expect(message).toContain(faults[0]);
    expect(message).toContain('PORT is "x"');
  });
});
