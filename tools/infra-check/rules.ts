import type { Rule } from './finding.ts';
import { agreedTimes } from './rules/agreed-times.ts';
import { appPort } from './rules/app-port.ts';
import { cleanUp } from './rules/clean-up.ts';
import { conversations } from './rules/conversations.ts';
import { deployment } from './rules/deployment.ts';
import { environment } from './rules/environment.ts';
import { executionRole } from './rules/execution-role.ts';
import { grantsRule } from './rules/grants.ts';
import { hardening } from './rules/hardening.ts';
import { health } from './rules/health.ts';
import { imageTag } from './rules/image-tag.ts';
import { logging } from './rules/logging.ts';
import { names } from './rules/names.ts';
import { networkAcls } from './rules/network-acls.ts';
import { networkConfiguration } from './rules/network-configuration.ts';
import { newImage } from './rules/new-image.ts';
import { openGroups } from './rules/open-groups.ts';
import { ranges } from './rules/ranges.ts';
import { roleSeparation } from './rules/role-separation.ts';
import { routing } from './rules/routing.ts';
import { secretMember } from './rules/secret-member.ts';
import { secrets } from './rules/secrets.ts';
import { stopTimes } from './rules/stop-time.ts';
import { subnetPaths } from './rules/subnet-paths.ts';
import { taskCounts } from './rules/task-counts.ts';
import { taskSize } from './rules/task-size.ts';
import { watchedTargets } from './rules/watched-targets.ts';
import { parameters, wiring } from './rules/wiring.ts';
import { zones } from './rules/zones.ts';

/** Every rule, in the order in which findings are shown: first what would not even deploy. */
export const rules: readonly Rule[] = [
  parameters,
  wiring,
  executionRole,
  grantsRule,
  roleSeparation,
  appPort,
  openGroups,
  conversations,
  subnetPaths,
  zones,
  networkAcls,
  networkConfiguration,
  taskSize,
  ranges,
  taskCounts,
  ...stopTimes,
  agreedTimes,
  imageTag,
  names,
  newImage,
  logging,
  health,
  environment,
  secrets,
  secretMember,
  hardening,
  deployment,
  watchedTargets,
  routing,
  cleanUp,
];
