import { accessMutants } from './access-mutants.ts';
import { imageMutants } from './image-mutants.ts';
import type { Mutant } from './mutant.ts';
import { networkMutants } from './network-mutants.ts';
import { operationMutants } from './operation-mutants.ts';
import { taskMutants } from './task-mutants.ts';
import { timeMutants } from './time-mutants.ts';

/** Every mistake that `infra:check` has to find. */
export const mutants: readonly Mutant[] = [
  ...accessMutants,
  ...networkMutants,
  ...taskMutants,
  ...imageMutants,
  ...timeMutants,
  ...operationMutants,
];
