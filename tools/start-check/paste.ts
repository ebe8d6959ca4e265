import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

export type Answer = { orderId?: string; status?: string; items?: { orderId: string }[] };

/** Types lines into a shell, as one who pastes them does. Resolves to the JSON answers that came out. */
export async function pasteIntoShell(lines: readonly (string | undefined)[]): Promise<Answer[]> {
  const shell = spawn('bash', [], { stdio: ['pipe', 'pipe', 'inherit'] });
  shell.stdin.end(`${lines.join('\n')}\n`);
  const output = await text(shell.stdout);
  return output
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}
