import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { type EventBus, Schedule } from 'aws-cdk-lib/aws-events';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { outstandingFor } from '../../../domain/jobs/jobs.ts';
import { deadLetterEnv, reconcileEnv, stagesEnv, startEnv } from '../../../lambdas/processing/env.ts';
import { unsettledIndex } from '../../../platform/records/videos.ts';
import type { Environment } from '../../config/environment.ts';
import { bucketArn, executionArns, machineArn } from '../../config/names.ts';
import { type Alarms, minutes } from '../../constructs/alarms.ts';
import { deadLetterTimeoutSeconds, type JobQueue } from '../../constructs/job-queue.ts';
import { index, items, type Permission } from '../../constructs/permissions.ts';
import { callByRule } from '../../constructs/rules.ts';
import { ServiceFunction } from '../../constructs/service-function.ts';
import type { StorageStack } from '../storage.ts';
import type { MediaConvert } from './media-convert.ts';

export interface ProcessingParts {
  readonly config: Environment;
  readonly storage: StorageStack;
  readonly express: JobQueue;
  readonly bulk: JobQueue;
  readonly events: EventBus;
  readonly alarms: Alarms;
  /** In an environment that has it. */
  readonly mediaConvert: MediaConvert | undefined;
}

const queueUrls = ({ express, bulk }: ProcessingParts) => ({
  EXPRESS_QUEUE_URL: express.queue.queueUrl,
  BULK_QUEUE_URL: bulk.queue.queueUrl,
});
const sendJobs = ({ express, bulk }: ProcessingParts): Permission => ({
  actions: ['sqs:SendMessage'],
  resources: [express.queue.queueArn, bulk.queue.queueArn],
});
const publishEvents = ({ events }: ProcessingParts): Permission => ({
  actions: ['events:PutEvents'],
  resources: [events.eventBusArn],
});

const releaseStages = ({ config }: ProcessingParts): Permission => ({
  actions: ['states:SendTaskSuccess', 'states:SendTaskFailure'],
  resources: [machineArn(config)],
});

/** What a function is told of MediaConvert. */
const mediaConvertJson = (scope: Construct, { mediaConvert }: ProcessingParts) =>
  mediaConvert ? Stack.of(scope).toJsonString(mediaConvert.place) : 'null';

/** The stages that the state machine calls. Made before the machine, whose definition names it. */
export function stagesFunction(scope: Construct, parts: ProcessingParts) {
  const { config, storage } = parts;
  return new ServiceFunction(scope, 'Stages', {
    config,
    entry: 'lambdas/processing/stages.ts',
    description: 'Stages of process-video: encode, finish, publish, end',
    schema: stagesEnv,
    environment: {
      VIDEOS_TABLE: storage.videos.tableName,
      JOBS_TABLE: storage.jobs.tableName,
      MEDIA_BUCKET: storage.buckets.media.bucketName,
      EVENT_BUS_NAME: parts.events.eventBusName,
      OUTSTANDING_PER_VIDEO: String(outstandingFor(config.workers.max * config.workers.bulkSlots)),
      ...queueUrls(parts),
      MEDIACONVERT: mediaConvertJson(scope, parts),
    },
    // Finish lists every segment of a title; the machine waits as long.
    timeoutSeconds: 300,
    memoryMb: 1024,
    afterFailure: 'Called by the state machine, which tries again and then ends the run with a reason.',
    permissions: [
      items(storage.videos, 'GetItem', 'UpdateItem'),
      items(storage.jobs, 'GetItem', 'Query', 'PutItem', 'UpdateItem'),
      { actions: ['s3:ListBucket'], resources: [storage.buckets.media.bucketArn] },
      {
        actions: ['s3:PutObject'],
        resources: [`${bucketArn(config, 'media')}/media/*`],
        because: 'Manifests lie beside their segments, under ids that are not known before; all media has this prefix.',
      },
      sendJobs(parts),
      publishEvents(parts),
      releaseStages(parts),
      ...(parts.mediaConvert?.mayGiveJobs ?? []),
    ],
  });
}

/** What keeps the runs honest: the net under S3's events, the reconciler, and the end of jobs that cannot succeed. */
export class ProcessingFunctions extends Construct {
  constructor(scope: Construct, id: string, parts: ProcessingParts & { readonly machine: StateMachine }) {
    super(scope, id);
    const { config, storage, alarms } = parts;

    const start = new ServiceFunction(this, 'Start', {
      config,
      entry: 'lambdas/processing/start.ts',
      description: 'S3 Object Created → start of the run, if its upload has not started it',
      schema: startEnv,
      environment: { VIDEOS_TABLE: storage.videos.tableName, STATE_MACHINE_ARN: parts.machine.stateMachineArn },
      timeoutSeconds: 30,
      memoryMb: 512,
      afterFailure:
        'The completion of an upload starts its run itself, and what both miss the reconciler finds a minute later.',
      permissions: [
        items(storage.videos, 'GetItem', 'UpdateItem'),
        { actions: ['states:StartExecution'], resources: [machineArn(config)] },
      ],
    });
    callByRule(start, {
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: { bucket: { name: [storage.buckets.uploads.bucketName] }, object: { key: [{ prefix: 'sources/' }] } },
      },
    });
    alarms.raise(this, 'start-failing', {
      metric: start.lambda.metricErrors({ statistic: 'Sum', ...minutes(5) }),
      above: 0,
      periods: 3,
    });

    const reconcile = new ServiceFunction(this, 'Reconcile', {
      config,
      entry: 'lambdas/processing/reconcile.ts',
      description: 'Every minute: starts what was missed, sends lost jobs again, releases finished stages',
      schema: reconcileEnv,
      environment: {
        VIDEOS_TABLE: storage.videos.tableName,
        JOBS_TABLE: storage.jobs.tableName,
        STATE_MACHINE_ARN: parts.machine.stateMachineArn,
        EVENT_BUS_NAME: parts.events.eventBusName,
        ...queueUrls(parts),
        MEDIACONVERT: mediaConvertJson(this, parts),
      },
      timeoutSeconds: 120,
      memoryMb: 512,
      afterFailure: 'What one call misses is done by the next, a minute later.',
      permissions: [
        items(storage.videos, 'GetItem', 'UpdateItem'),
        index(storage.videos, unsettledIndex),
        items(storage.jobs, 'GetItem', 'Query', 'UpdateItem'),
        { actions: ['states:StartExecution'], resources: [machineArn(config)] },
        {
          actions: ['states:DescribeExecution'],
          resources: [executionArns(config)],
          because: 'Executions are named by video and attempt; these are all executions of this one machine.',
        },
        sendJobs(parts),
        publishEvents(parts),
        releaseStages(parts),
        ...(parts.mediaConvert?.mayAskForJobs ?? []),
      ],
    });
    callByRule(reconcile, { schedule: Schedule.rate(Duration.minutes(1)) });
    alarms.raise(this, 'reconciler-failing', {
      // The average is the share of calls that failed; no figure is no call, which is as bad.
      metric: reconcile.lambda.metricErrors({ statistic: 'Average', ...minutes(15) }),
      above: 0.99,
      periods: 1,
      missingIsBad: true,
    });

    const deadLetter = new ServiceFunction(this, 'DeadLetter', {
      config,
      entry: 'lambdas/processing/dead-letter.ts',
      description: 'Jobs that failed too often: ends their stage with the reason',
      schema: deadLetterEnv,
      environment: {
        VIDEOS_TABLE: storage.videos.tableName,
        JOBS_TABLE: storage.jobs.tableName,
        ...queueUrls(parts),
      },
      timeoutSeconds: deadLetterTimeoutSeconds,
      memoryMb: 512,
      afterFailure:
        'The message stays in its dead-letter queue and comes again; the alarm stuck-dead-letters tells of those that stay.',
      permissions: [
        // Whose a job is: its messages are grouped by creator.
        items(storage.videos, 'GetItem'),
        items(storage.jobs, 'GetItem', 'Query', 'UpdateItem'),
        sendJobs(parts),
        releaseStages(parts),
      ],
    });
    for (const { deadLetters } of [parts.express, parts.bulk]) {
      const source = new SqsEventSource(deadLetters, {
        batchSize: 10,
        reportBatchItemFailures: true,
        maxConcurrency: 2,
      });
      deadLetter.lambda.addEventSource(source);
    }
    for (const mapping of deadLetter.lambda.node.children.filter((child) => child instanceof EventSourceMapping)) {
      Validations.of(mapping).acknowledge({
        id: 'Serverless-LambdaEventSourceMappingDestination',
        reason: deadLetter.afterFailure,
      });
    }
  }
}
