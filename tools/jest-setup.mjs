// Projects that use DynamoDB get a DynamoDB Local of their own for the run: in memory, on a free port.
import { readFileSync } from 'node:fs';

export default async function setup({ rootDir }) {
  const { name, dependencies = {} } = JSON.parse(readFileSync(`${rootDir}/package.json`, 'utf8'));
  if (name !== '@shop/dynamo' && !dependencies['@shop/dynamo']) return;
  const { startDynamoLocal } = await import('@shop/dynamo/local');
  const local = await startDynamoLocal();
  process.env.AWS_ENDPOINT_URL_DYNAMODB = local.endpoint;
  process.env.AWS_REGION = 'eu-west-1';
  process.env.AWS_ACCESS_KEY_ID = 'local';
  process.env.AWS_SECRET_ACCESS_KEY = 'local';
  globalThis.dynamoLocal = local;
}
