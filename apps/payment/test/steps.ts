import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** The writes and calls that `act` makes in this process, in the order they begin. */
export async function stepsOf(act: () => Promise<unknown>): Promise<string[]> {
  const names: string[] = [];
  const record = (message: unknown) => {
    const { name, phase } = message as { name: string; phase: string };
    if (phase === 'before') names.push(name);
  };
  subscribe('shop.step', record);
  try {
    await act();
  } finally {
    unsubscribe('shop.step', record);
  }
  return names;
}
