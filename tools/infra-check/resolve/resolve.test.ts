import { describe, expect, test } from '@jest/globals';
import { at } from './json.ts';
import { whereIs } from './lines.ts';
import { readTemplate } from './read-template.ts';
import { resolveChapters } from './resolve-chapters.ts';
import { resolveNested } from './resolve-nested.ts';
import { resolveStack } from './resolve-stack.ts';
import { toTemplate } from './to-template.ts';

const network = `
Parameters:
  ProjectName: { Type: String }
  NatMode: { Type: String, AllowedValues: [none, single], Default: none }
  ContainerPort: { Type: Number, Default: 3000, MaxValue: 65535 }
Mappings:
  Cidrs:
    public: { first: 10.0.0.0/24, second: 10.0.1.0/24 }
Conditions:
  HasNat: !Equals [!Ref NatMode, single]
  HasNone: !Not [!Condition HasNat]
  Both: !And [!Condition HasNat, !Condition HasNone]
  Either: !Or [!Condition HasNat, !Condition HasNone]
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties:
      Tags:
        - { Key: Name, Value: !Sub '\${ProjectName}-\${AWS::Region}' }
        - !If [HasNat, { Key: Nat, Value: yes }, !Ref AWS::NoValue]
        - { Key: Last, Value: '\${!kept}' }
  First:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      CidrBlock: !FindInMap [Cidrs, public, first]
      AvailabilityZone: !Select [1, !GetAZs '']
      MapPublicIpOnLaunch: !If [HasNat, true, !Ref AWS::NoValue]
  Nat:
    Type: AWS::EC2::NatGateway
    Condition: HasNat
    Properties: { SubnetId: !Ref First }
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Join ['-', [!Ref ProjectName, !Select [0, !Split ['/', !GetAtt First.SubnetId]]]]
      Path: !Sub ['/\${Part}/\${Vpc.CidrBlock}', { Part: !Ref ContainerPort }]
Outputs:
  VpcId: { Value: !Ref Vpc }
  SubnetIds: { Value: !Join [',', [!Ref First, !Ref First]] }
  NatId: { Condition: HasNat, Value: !Ref Nat }
`;
const security = `
Parameters:
  VpcId: { Type: AWS::EC2::VPC::Id }
  SubnetIds: { Type: List<AWS::EC2::Subnet::Id> }
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      VpcId: !Ref VpcId
      GroupDescription: !Select [1, !Ref SubnetIds]
      SecurityGroupIngress: [{ SourceSecurityGroupId: !GetAtt Own.GroupId, Description: !Sub 'from \${VpcId} to \${Own}' }]
  Own: { Type: AWS::EC2::SecurityGroup }
Outputs:
  GroupId: { Value: !GetAtt Group.GroupId }
`;
const template = (name: string, text: string) => readTemplate(`infra/templates/${name}.yaml`, text);
const resolve = (given: { [name: string]: string }, text = network) =>
  resolveStack('network', template('network', text), given);
const properties = (stack: ReturnType<typeof resolve>, id: string) =>
  stack.resources.find((resource) => resource.id === id)?.properties;

describe('a template', () => {
  test('becomes plain JSON by the values of its parameters', () => {
    const stack = resolve({ ProjectName: 'shop' });
    expect(stack.faults).toEqual([]);
    expect(stack.conditions).toEqual({ HasNat: false, HasNone: true, Both: false, Either: true });
    expect(stack.resources.map(({ key }) => key)).toEqual(['network/Vpc', 'network/First', 'network/Role']);
    expect(properties(stack, 'Vpc')).toEqual({
      Tags: [
        { Key: 'Name', Value: 'shop-us-east-1' },
        { Key: 'Last', Value: `\${!kept}` },
      ],
    });
    expect(properties(stack, 'First')).toEqual({
      VpcId: '<network/Vpc>',
      CidrBlock: '10.0.0.0/24',
      AvailabilityZone: 'us-east-1b',
    });
    expect(stack.outputs).toEqual({ VpcId: '<network/Vpc>', SubnetIds: '<network/First>,<network/First>' });
  });

  test('has other resources, properties and outputs by other values', () => {
    const stack = resolve({ ProjectName: 'shop', NatMode: 'single' });
    expect(stack.resources.map(({ id }) => id)).toContain('Nat');
    expect(properties(stack, 'First')).toMatchObject({ MapPublicIpOnLaunch: true });
    expect(stack.outputs.NatId).toBe('<network/Nat>');
  });

  test('puts attributes of resources, parameters and own variables into texts', () => {
    expect(properties(resolve({ ProjectName: 'shop' }), 'Role')).toMatchObject({
      Path: '/3000/<network/Vpc.CidrBlock>',
    });
  });

  test('knows the line of each value, also of items that move up', () => {
    const vpc = properties(resolve({ ProjectName: 'shop' }), 'Vpc');
    expect(whereIs(vpc, 'Tags')).toBe('infra/templates/network.yaml:18');
    expect(whereIs(at(vpc, 'Tags'), 1)).toBe('infra/templates/network.yaml:21');
    expect(whereIs(at(vpc, 'Tags', 1), 'Value')).toBe('infra/templates/network.yaml:21');
  });

  test('tells where a parameter has no value, or one that is not allowed', () => {
    const { faults } = resolve({ NatMode: 'many', ContainerPort: '70000' });
    expect(faults).toEqual([
      {
        kind: 'parameter',
        message: 'ProjectName has no value and no default',
        where: 'infra/templates/network.yaml:3',
      },
      {
        kind: 'parameter',
        message: 'NatMode is "many", but may be none, single',
        where: 'infra/templates/network.yaml:4',
      },
      { kind: 'parameter', message: 'ContainerPort is 70000, too large', where: 'infra/templates/network.yaml:5' },
    ]);
  });

  test.each([
    ['!Ref Vpc }\n  SubnetIds', '!Ref Vcp }\n  SubnetIds', 'refers to Vcp, which does not exist'],
    ['public, first', 'public, third', 'looks for Cidrs.public.third, which no mapping has'],
    ['Condition: HasNat\n', 'Condition: HasNot\n', 'uses the condition HasNot, which does not exist'],
    ['VpcId: !Ref Vpc', 'VpcId: !Ref Nat', 'refers to Nat, which its condition HasNat leaves out'],
    ['!Select [1, ', '!Select [7, ', 'selects item 7 of 3'],
    ["!GetAZs ''", "!Cidr ['']", 'uses Fn::Cidr, which is not used here'],
  ])('with %j changed to %j is told to be wrong', (before, after, message) => {
    const { faults } = resolve({ ProjectName: 'shop' }, network.replace(before, after));
    expect(faults.map((fault) => fault.message)).toContain(message);
  });

  test('that is not YAML is refused with its line', () => {
    expect(() => template('network', 'a: 1\nb: [')).toThrow('infra/templates/network.yaml:2 ');
  });
});

describe('several templates', () => {
  const templates = [template('network', network), template('security', security)];
  const group = { VpcId: '<network/Vpc>', GroupDescription: '<network/First>' };

  test('deployed as chapters are wired by equal names', () => {
    const shop = resolveChapters(templates, { name: 'workshop', values: { network: { ProjectName: 'shop' } } });
    expect(shop.stacks.map(({ name, faults }) => [name, faults])).toEqual([
      ['network', []],
      ['security', []],
    ]);
    expect(shop.stacks[1]?.resources[0]?.properties).toMatchObject(group);
  });

  const root = (more = '') => `
Resources:
  Security:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./security.yaml
      Parameters: { VpcId: !GetAtt Network.Outputs.VpcId, SubnetIds: !GetAtt Network.Outputs.SubnetIds${more} }
  Network:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: ./network.yaml, Parameters: { ProjectName: shop } }
Outputs:
  GroupId: { Value: !GetAtt Security.Outputs.GroupId }
`;
  const nested = (text: string) =>
    resolveNested([...templates, template('root', text)], { name: 'workshop', values: {} });

  test('nested in a root are wired by it, in whatever order they stand', () => {
    const shop = nested(root());
    expect(shop.stacks.map(({ name, faults }) => [name, faults])).toEqual([
      ['root', []],
      ['network', []],
      ['security', []],
    ]);
    expect(shop.stacks[2]?.resources[0]?.properties).toMatchObject(group);
    expect(shop.stacks[0]?.outputs).toEqual({ GroupId: '<security/Group.GroupId>' });
  });

  test.each([
    ['passes Colour to security.yaml, which declares no such parameter', root(', Colour: red')],
    ['takes VcpId of Network, which puts out no such value', root().replace('Outputs.VpcId', 'Outputs.VcpId')],
    ['nests net.yaml, which does not exist', root().replace('./network.yaml', './net.yaml')],
    ['needs its own outputs, by way of Network', root().replace('shop', '!GetAtt Security.Outputs.GroupId')],
  ])('wired wrongly are told to be: %s', (message, text) => {
    const { stacks, faults } = nested(text);
    expect([...faults, ...stacks.flatMap((stack) => stack.faults)].map((fault) => fault.message)).toContain(message);
  });

  test('become templates without parameters and functions, but for own references', () => {
    const [, stack] = resolveChapters(templates, { name: 'w', values: { network: { ProjectName: 'shop' } } }).stacks;
    expect(stack && toTemplate(stack, (token) => `real ${token.slice(1, -1)}`)).toMatchObject({
      Resources: {
        Group: {
          Type: 'AWS::EC2::SecurityGroup',
          Properties: {
            VpcId: 'real network/Vpc',
            SecurityGroupIngress: [
              {
                SourceSecurityGroupId: { 'Fn::GetAtt': ['Own', 'GroupId'] },
                Description: { 'Fn::Sub': `from real network/Vpc to \${Own}` },
              },
            ],
          },
        },
      },
      Outputs: { GroupId: { Value: { 'Fn::GetAtt': ['Group', 'GroupId'] } } },
    });
  });
});
