import type { Stack } from '../compose/stack.ts';

/** The exit code of the job in a container; what it finds is printed. On a whole CPU, because nobody measures it here. */
export async function reconcileStack(stack: Stack): Promise<number> {
  try {
    await stack.composeWith({ TASK_CPUS: '1' }, 'run', '--rm', '--no-deps', 'reconcile');
    return 0;
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: unknown; stdout?: string; stderr?: string };
    if (typeof code !== 'number') throw error;
    console.log(`${stdout}${stderr}`.trimEnd());
    return code;
  }
}
