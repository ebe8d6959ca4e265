// The load, in a process of its own so that it takes no time from the server's event loop.
import autocannon from 'autocannon';

export type Answered = { requests: number; failures: number; seconds: number };

process.on('message', async ({ url, seconds }: { url: string; seconds: number }) => {
  const { requests, non2xx, errors, duration } = await autocannon({ url, duration: seconds, connections: 50 });
  process.send?.({ requests: requests.total, failures: non2xx + errors, seconds: duration });
});
process.on('disconnect', () => process.exit());
