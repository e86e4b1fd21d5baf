import { Duration } from 'aws-cdk-lib';
import { Metric, type MetricProps } from 'aws-cdk-lib/aws-cloudwatch';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { backlogMetric } from '../../../domain/capacity/backlog.ts';
import { backlogEnv } from '../../../lambdas/processing/env.ts';
import { unsettledIndex } from '../../../platform/records/videos.ts';
import type { Environment } from '../../config/environment.ts';
import { minutes } from '../../constructs/alarms.ts';
import { index } from '../../constructs/permissions.ts';
import { callByRule } from '../../constructs/rules.ts';
import { ServiceFunction } from '../../constructs/service-function.ts';
import type { ProcessingParts } from './functions.ts';

/** The backlog as published, in processor seconds: its place, for policies that are made by hand. */
export const backlogOf = ({ id }: Environment) => ({
  namespace: backlogMetric.namespace,
  metricName: backlogMetric.name,
  dimensionsMap: { environment: id, service: backlogMetric.service },
});

/** Publishes each minute how much work there is, by which the fleet grows and shrinks. */
export class BacklogMeter extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { config, storage, express, alarms }: Pick<ProcessingParts, 'config' | 'storage' | 'express' | 'alarms'>,
  ) {
    super(scope, id);
    const measure = new ServiceFunction(this, 'MeasureBacklog', {
      config,
      entry: 'lambdas/processing/backlog.ts',
      description: 'Every minute: publishes the processor seconds of work that wait and run',
      schema: backlogEnv,
      environment: {
        VIDEOS_TABLE: storage.videos.tableName,
        EXPRESS_QUEUE_URL: express.queue.queueUrl,
        ENVIRONMENT: config.id,
      },
      timeoutSeconds: 50,
      memoryMb: 512,
      afterFailure: 'The next call, a minute later, measures anew; the alarm backlog-unknown tells when none does.',
      permissions: [
        index(storage.videos, unsettledIndex),
        { actions: ['sqs:GetQueueAttributes'], resources: [express.queue.queueArn] },
      ],
    });
    callByRule(measure, { schedule: Schedule.rate(Duration.minutes(1)) });
    const published: MetricProps = { ...backlogOf(config), statistic: 'SampleCount', ...minutes(5) };
    alarms.raise(this, 'backlog-unknown', { metric: new Metric(published), below: 1, periods: 1, missingIsBad: true });
  }
}
