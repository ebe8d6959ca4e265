import { expect, test } from '@jest/globals';
import { asSent } from './as-sent.ts';

test('ports and days are numbers, other texts of digits stay texts, and nested templates have an address', () => {
  const properties = { FromPort: '443', RetentionInDays: 7, TemplateURL: './network.yaml', Owner: '123456789012' };
  expect(asSent({ Resources: { Thing: { Properties: { ...properties, Rules: [{ ToPort: '80' }] } } } })).toEqual({
    Resources: {
      Thing: {
        Properties: {
          ...properties,
          FromPort: 443,
          TemplateURL: 'https://s3.us-east-1.amazonaws.com/templates/network.yaml',
          Rules: [{ ToPort: 80 }],
        },
      },
    },
  });
});
