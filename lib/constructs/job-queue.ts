import { Duration, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { maxTries, visibilityTimeoutSeconds } from '../../domain/jobs/jobs.ts';
import { type Alarms, minutes } from './alarms.ts';

export interface JobQueueProps {
  readonly alarms: Alarms;
  readonly name: 'express' | 'bulk';
  /** How long a job may wait before somebody is told. */
  readonly patienceSeconds: number;
}

/** The time that the consumer of dead letters has for a batch. AWS advises six times that for the visibility timeout. */
export const deadLetterTimeoutSeconds = 30;

/**
 * A queue of jobs. A worker extends what it works on by heartbeats, so the visibility timeout is short and a job of a
 * lost worker is soon another's. What fails too often goes to the dead-letter queue and from there ends its stage.
 */
export class JobQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { alarms, name, patienceSeconds }: JobQueueProps) {
    super(scope, id);
    const safe = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
    this.deadLetters = new Queue(this, 'DeadLetters', {
      ...safe,
      // A dead letter keeps the age that it had.
      retentionPeriod: Duration.days(14),
      visibilityTimeout: Duration.seconds(6 * deadLetterTimeoutSeconds),
    });
    Validations.of(this.deadLetters).acknowledge({
      id: 'Serverless-SQSRedrivePolicy',
      reason:
        'This is a dead-letter queue. What its consumer cannot judge stays in it, and the alarm stuck-dead-letters tells.',
    });
    this.queue = new Queue(this, 'Queue', {
      ...safe,
      // A day more than the machine gives the whole of a stage.
      retentionPeriod: Duration.days(4),
      visibilityTimeout: Duration.seconds(visibilityTimeoutSeconds),
      receiveMessageWaitTime: Duration.seconds(20),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: maxTries },
    });

    // Redrive is not counted as sending; that its consumer received something is what can be seen of a dead letter.
    alarms.raise(this, `${name}-dead-letters`, {
      metric: this.deadLetters.metricNumberOfMessagesReceived({ statistic: 'Sum', ...minutes(1) }),
      above: 0,
      periods: 1,
    });
    alarms.raise(
      this,
      'stuck-dead-letters',
      {
        metric: this.deadLetters.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum', ...minutes(5) }),
        above: 15 * 60,
        periods: 1,
      },
      name,
    );
    alarms.raise(this, `${name}-backlog`, {
      metric: this.queue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum', ...minutes(1) }),
      above: patienceSeconds,
      periods: 5,
    });
  }
}
