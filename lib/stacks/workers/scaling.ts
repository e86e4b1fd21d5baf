import { Aws, Duration } from 'aws-cdk-lib';
import {
  AdjustmentType,
  CfnScalingPolicy,
  ScalableTarget,
  ServiceNamespace,
} from 'aws-cdk-lib/aws-applicationautoscaling';
import type { FargateService, ICluster } from 'aws-cdk-lib/aws-ecs';
import { type IRole, Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { scaling } from '../../../domain/capacity/scaling.ts';
import type { Environment } from '../../config/environment.ts';
import { backlogOf } from '../processing/backlog.ts';
import { scaleBySignal } from './signal.ts';

export interface ScalingProps {
  readonly config: Environment;
  readonly cluster: ICluster;
  readonly service: FargateService;
  readonly fallback: FargateService | undefined;
}

/** A metric by its place: policies and alarms of expressions take it in forms that differ. */
export interface Placed {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensionsMap: Readonly<Record<string, string>>;
}

/** The service-linked role that Application Auto Scaling uses for ECS whatever it is given. */
const scalingRole = (scope: Construct): IRole =>
  Role.fromRoleArn(
    scope,
    'ScalingRole',
    `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService`,
  );

/**
 * Keeps the time that the fleet would take for what there is at the figure of the environment. By work and not by the
 * CPU, which encoders keep at 100 % whether one job waits or a thousand, nor by messages, of which a film has no more than
 * may be outstanding. Why each policy is as it is: docs/decisions/0019-the-fleet-follows-the-work.md.
 */
export function scaleOnBacklog(scope: Construct, { config, cluster, service, fallback }: ScalingProps): void {
  const { workers } = config;
  const role = scalingRole(scope);
  const tasksOf = (of: FargateService, metricName: 'RunningTaskCount' | 'DesiredTaskCount'): Placed => ({
    namespace: 'ECS/ContainerInsights',
    metricName,
    dimensionsMap: { ClusterName: cluster.clusterName, ServiceName: of.serviceName },
  });
  const targetOf = (id: string, of: FargateService, minCapacity: number, maxCapacity: number) =>
    new ScalableTarget(scope, id, {
      serviceNamespace: ServiceNamespace.ECS,
      resourceId: `service/${cluster.clusterName}/${of.serviceName}`,
      scalableDimension: 'ecs:service:DesiredCount',
      minCapacity,
      maxCapacity,
      role,
    });

  const metrics: Record<string, Placed> = {
    backlog: backlogOf(config),
    arm: tasksOf(service, 'RunningTaskCount'),
    ...(fallback && { x86: tasksOf(fallback, 'RunningTaskCount') }),
  };
  const tasks = fallback ? '(FILL(arm, 0) + FILL(x86, 0))' : 'FILL(arm, 0)';
  const drain = `backlog / (${workers.cpuUnits / 1024} * IF(${tasks} > 1, ${tasks}, 1))`;

  const target = targetOf('Scaling', service, workers.min, workers.max);
  trackDrain(scope, target, { metrics, drain, drainSeconds: workers.drainSeconds });
  const desired = tasksOf(service, 'DesiredTaskCount');
  // Target tracking multiplies what runs: from nothing it never gets anywhere.
  if (workers.min === 0)
    scaleBySignal(scope, target, {
      name: `sluice-${config.id}-scaling-first-task`,
      meaning: 'There is work, and no worker.',
      expression: 'IF(FILL(desired, 0) < 1, backlog, 0)',
      metrics: { backlog: backlogOf(config), desired },
      periods: 1,
      above: 0,
      adjustmentType: AdjustmentType.CHANGE_IN_CAPACITY,
      steps: [{ from: 0, by: 1 }],
      cooldown: Duration.minutes(3),
    });

  if (fallback === undefined || workers.fallback === undefined) return;
  const spare = targetOf('FallbackScaling', fallback, 0, workers.fallback.max);
  scaleBySignal(scope, spare, {
    name: `sluice-${config.id}-scaling-fallback-out`,
    meaning: 'Work waits, and tasks on arm64 that it calls for do not start.',
    expression: `IF(${drain} > ${workers.drainSeconds}, desired - FILL(arm, 0), 0)`,
    metrics: { ...metrics, desired },
    periods: 5,
    above: 0,
    adjustmentType: AdjustmentType.CHANGE_IN_CAPACITY,
    steps: [
      { from: 0, by: 2 },
      { from: 5, by: 5 },
      { from: 20, by: 20 },
    ],
    cooldown: Duration.minutes(3),
  });
  scaleBySignal(scope, spare, {
    name: `sluice-${config.id}-scaling-fallback-in`,
    meaning: 'Tasks on arm64 start again: those on x86 are let go.',
    expression: 'IF(desired > FILL(arm, 0), 0, 1)',
    metrics: { desired, arm: tasksOf(service, 'RunningTaskCount') },
    periods: 15,
    above: 0,
    adjustmentType: AdjustmentType.EXACT_CAPACITY,
    steps: [{ from: 0, by: 0 }],
    cooldown: Duration.minutes(3),
  });
}

/** Target tracking. (The construct for such policies takes no expressions.) */
function trackDrain(
  scope: Construct,
  target: ScalableTarget,
  of: { readonly metrics: Record<string, Placed>; readonly drain: string; readonly drainSeconds: number },
): void {
  const inputs = Object.entries(of.metrics).map(([id, { namespace, metricName, dimensionsMap }]) => ({
    id,
    returnData: false,
    metricStat: {
      metric: {
        namespace,
        metricName,
        dimensions: Object.entries(dimensionsMap).map(([name, value]) => ({ name, value })),
      },
      stat: 'Average',
    },
  }));
  new CfnScalingPolicy(scope, 'Backlog', {
    policyName: 'seconds-to-drain',
    policyType: 'TargetTrackingScaling',
    scalingTargetId: target.scalableTargetId,
    targetTrackingScalingPolicyConfiguration: {
      targetValue: of.drainSeconds,
      scaleOutCooldown: scaling.scaleOutCooldownSeconds,
      scaleInCooldown: scaling.scaleInCooldownSeconds,
      customizedMetricSpecification: {
        metrics: [
          ...inputs,
          { id: 'drain', label: 'Seconds in which the fleet is through', expression: of.drain, returnData: true },
        ],
      },
    },
  });
}
