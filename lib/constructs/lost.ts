import { Duration, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { type AlarmName, type Alarms, minutes } from './alarms.ts';

/**
 * A queue for what a function could not take after every try, kept for two weeks; `alarm` tells of each, under the name `of`.
 * `remedy`: how what lies in it is made good.
 */
export function lostQueue(scope: Construct, alarms: Alarms, alarm: AlarmName, of: string, remedy: string): Queue {
  const lost = new Queue(scope, 'Lost', {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  for (const id of ['AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy'])
    Validations.of(lost).acknowledge({
      id,
      reason: `It holds what was given up, which no function could take: ${remedy}`,
    });
  const metric = lost.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', ...minutes(5) });
  alarms.raise(scope, alarm, { metric, above: 0, periods: 1 }, of);
  return lost;
}
