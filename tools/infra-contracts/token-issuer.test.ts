import { describe, expect, test } from '@jest/globals';
import { layer, resourcesOf } from './layer.fixture.ts';

const network = { VpcId: 'vpc-1', PublicSubnetIds: 'subnet-1,subnet-2', AlbSecurityGroupId: 'sg-1' };

describe('Cognito as the token issuer', () => {
  const parameters = { ...network, MachineClient: 'true' };
  const clients = resourcesOf('platform', parameters, 'AWS::Cognito::UserPoolClient');

  test('names the admin scope as Cognito writes it into tokens', () => {
    const [server] = Object.values(resourcesOf('platform', parameters, 'AWS::Cognito::UserPoolResourceServer'));
    const { Identifier, Scopes } = server as { Identifier: string; Scopes: { ScopeName: string }[] };
    const { AdminScope } = layer('platform', parameters).outputs;
    expect(Scopes.map(({ ScopeName }) => `${Identifier}/${ScopeName}`)).toEqual([AdminScope]);
    expect(clients.ProgramClient).toMatchObject({ AllowedOAuthScopes: [AdminScope] });
  });

  test('lets no customer ask for the admin scope', () => {
    expect(clients.WebClient).toMatchObject({ AllowedOAuthScopes: ['openid', 'email'], AllowedOAuthFlows: ['code'] });
  });

  test('has the services take the tokens of both clients, or of the only one', () => {
    const { JwtAudience } = layer('platform', parameters).outputs;
    expect(String(JwtAudience).split(' ')).toHaveLength(2);
    expect(String(layer('platform', network).outputs.JwtAudience).split(' ')).toHaveLength(1);
  });

  test('publishes its keys under its own name', () => {
    const { JwtIssuer, JwksUrl } = layer('platform', parameters).outputs;
    expect(JwksUrl).toBe(`${JwtIssuer}/.well-known/jwks.json`);
  });
});

describe('any other token issuer', () => {
  const named = { JwtIssuer: 'https://issuer.test', JwtAudience: 'shop', JwksUrl: 'https://issuer.test/keys' };

  test('is passed on as it is named, and no user pool is made', () => {
    const { outputs, resources } = layer('platform', { ...network, ...named, IdentityProvider: 'external' });
    expect(outputs).toMatchObject({ ...named, AdminScope: 'shop:admin' });
    expect(resources.filter(({ type }) => type.startsWith('AWS::Cognito'))).toEqual([]);
  });
});
