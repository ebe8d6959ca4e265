import { describe, expect, test } from '@jest/globals';
import { readTemplate } from '../infra-check/resolve/read-template.ts';
import { resolveChapters } from '../infra-check/resolve/resolve-chapters.ts';
import { standInsFor } from './stand-ins.ts';

const network = `
Resources:
  First: { Type: AWS::EC2::Subnet }
  Second: { Type: AWS::EC2::Subnet }
  Group: { Type: AWS::EC2::SecurityGroup }
  Tables: { Type: AWS::DynamoDB::Table }
`;
const template = readTemplate('infra/templates/network.yaml', network);
const standIn = standInsFor(resolveChapters([template], { name: 'workshop', values: {} }));

describe('what another stack would have from AWS', () => {
  test('has the form of its type and attribute', () => {
    expect(standIn('<network/First>')).toMatch(/^subnet-[0-9a-f]{17}$/);
    expect(standIn('<network/Group.GroupId>')).toMatch(/^sg-[0-9a-f]{17}$/);
    expect(standIn('<network/Tables.Arn>')).toBe('arn:aws:dynamodb:us-east-1:123456789012:table/Tables');
  });

  test('differs from one resource to the next, and not from one time to the next', () => {
    expect(standIn('<network/First>')).not.toBe(standIn('<network/Second>'));
    expect(standIn('<network/First>')).toBe(standIn('<network/First>'));
  });

  test('is the logical id where only a name is due', () => {
    expect(standIn('<network/Tables>')).toBe('Tables');
  });
});
