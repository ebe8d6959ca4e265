/**
 * The time budget of a stop, `infra/timings.json`: the balancer, the compose file and the templates read the same file.
 * The names are those of the AWS APIs, with units.
 */
export type Timings = {
  targetGroup: {
    healthCheckPath: string;
    healthCheckIntervalSeconds: number;
    healthCheckTimeoutSeconds: number;
    healthyThresholdCount: number;
    unhealthyThresholdCount: number;
    deregistrationDelaySeconds: number;
  };
  loadBalancer: { idleTimeoutSeconds: number };
  container: {
    stopTimeoutSeconds: number;
    healthCheckStartPeriodSeconds: number;
    healthCheckIntervalSeconds: number;
    healthCheckTimeoutSeconds: number;
    healthCheckRetries: number;
  };
  service: { healthCheckGracePeriodSeconds: number };
};
