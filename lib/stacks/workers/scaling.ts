import { Aws } from 'aws-cdk-lib';
import { CfnScalingPolicy, ScalableTarget, ServiceNamespace } from 'aws-cdk-lib/aws-applicationautoscaling';
import type { FargateService, ICluster } from 'aws-cdk-lib/aws-ecs';
import { Role } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Environment } from '../../config/environment.ts';

export interface ScalingProps {
  readonly cluster: ICluster;
  readonly service: FargateService;
  readonly queues: { readonly express: Queue; readonly bulk: Queue };
  readonly workers: Environment['workers'];
}

/** A new task takes a minute to start and some more to show in the backlog. */
const scaleOutCooldownSeconds = 60;
/** A burst of uploads comes in waves; what was started stays for the next. */
const scaleInCooldownSeconds = 600;

/**
 * Keeps the jobs that wait, per running task, at the figure of the environment. By the backlog and not by the CPU,
 * which encoders keep at 100 % whether one job waits or a thousand. (The construct for policies takes no expressions.)
 */
export function scaleOnBacklog(scope: Construct, { cluster, service, queues, workers }: ScalingProps): void {
  const target = new ScalableTarget(scope, 'Scaling', {
    serviceNamespace: ServiceNamespace.ECS,
    resourceId: `service/${cluster.clusterName}/${service.serviceName}`,
    scalableDimension: 'ecs:service:DesiredCount',
    minCapacity: workers.min,
    maxCapacity: workers.max,
    // The service-linked role that Application Auto Scaling uses for ECS whatever it is given.
    role: Role.fromRoleArn(
      scope,
      'ScalingRole',
      `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService`,
    ),
  });

  const waiting = (id: string, queue: Queue) => ({
    id,
    returnData: false,
    metricStat: {
      metric: {
        namespace: 'AWS/SQS',
        metricName: 'ApproximateNumberOfMessagesVisible',
        dimensions: [{ name: 'QueueName', value: queue.queueName }],
      },
      stat: 'Average',
    },
  });
  new CfnScalingPolicy(scope, 'Backlog', {
    policyName: 'backlog-per-task',
    policyType: 'TargetTrackingScaling',
    scalingTargetId: target.scalableTargetId,
    targetTrackingScalingPolicyConfiguration: {
      targetValue: workers.backlogPerTask,
      scaleOutCooldown: scaleOutCooldownSeconds,
      scaleInCooldown: scaleInCooldownSeconds,
      customizedMetricSpecification: {
        metrics: [
          waiting('express', queues.express),
          waiting('bulk', queues.bulk),
          {
            id: 'tasks',
            returnData: false,
            metricStat: {
              metric: {
                namespace: 'ECS/ContainerInsights',
                metricName: 'RunningTaskCount',
                dimensions: [
                  { name: 'ClusterName', value: cluster.clusterName },
                  { name: 'ServiceName', value: service.serviceName },
                ],
              },
              stat: 'Average',
            },
          },
          {
            id: 'backlog',
            label: 'Waiting jobs per running task',
            expression: '(express + bulk) / IF(FILL(tasks, 0) > 1, tasks, 1)',
            returnData: true,
          },
        ],
      },
    },
  });
}
