export default async function teardown() {
  await globalThis.dynamoLocal?.stop();
}
