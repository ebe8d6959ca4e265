import { describe, expect, test } from '@jest/globals';
import { environmentOfPart } from './environment.ts';

describe('the environment of a part', () => {
  test("keeps the user's own variables, but none that leads to a real account", () => {
    const user = {
      PATH: '/bin',
      LOG_LEVEL: 'debug',
      AWS_PROFILE: 'production',
      AWS_SESSION_TOKEN: 's',
      npm_config_x: '1',
    };
    const environment = environmentOfPart(3001, {
      ...user,
      GATEWAY_SECRET_ARN: 'arn:aws:secretsmanager:x',
      PORT: '80',
    });
    expect(environment).toMatchObject({ PATH: '/bin', LOG_LEVEL: 'debug', PORT: '3001', AWS_ACCESS_KEY_ID: 'local' });
    const names = Object.keys(environment);
    expect(names).not.toContain('AWS_PROFILE');
    expect(names).not.toContain('AWS_SESSION_TOKEN');
    expect(names).not.toContain('GATEWAY_SECRET_ARN');
    expect(names).not.toContain('npm_config_x');
  });
});
