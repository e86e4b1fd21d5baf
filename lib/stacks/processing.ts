import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { reachOf } from '../../domain/media/mediaconvert/configuration.ts';
import type { env as workerEnv } from '../../worker/env.ts';
import type { Environment } from '../config/environment.ts';
import { machineName } from '../config/names.ts';
import { Alarms, minutes } from '../constructs/alarms.ts';
import { root } from '../constructs/bundle.ts';
import { JobQueue } from '../constructs/job-queue.ts';
import { acknowledgeWildcards, allow } from '../constructs/permissions.ts';
import type { VariablesOf } from '../constructs/service-function.ts';
import { BacklogMeter } from './processing/backlog.ts';
import { captionsListener } from './processing/captions-listener.ts';
import { ProcessingFunctions, stagesFunction } from './processing/functions.ts';
import { libraryListeners } from './processing/library-listeners.ts';
import { MediaConvert } from './processing/media-convert.ts';
import { OnDemandOrigin } from './processing/on-demand-origin.ts';
import { publisher } from './processing/publisher.ts';
import { UploadExpiry } from './processing/upload-expiry.ts';
import type { StorageStack } from './storage.ts';

export interface ProcessingProps extends StackProps {
  readonly config: Environment;
  readonly storage: StorageStack;
}

/** What a worker is told about the infrastructure; the rest of its environment is about the machine it runs on. */
export type WorkerInfrastructure = Pick<
  VariablesOf<typeof workerEnv>,
  | 'VIDEOS_TABLE'
  | 'JOBS_TABLE'
  | 'UPLOADS_BUCKET'
  | 'MEDIA_BUCKET'
  | 'EXPRESS_QUEUE_URL'
  | 'BULK_QUEUE_URL'
  | 'EVENT_BUS_NAME'
  | 'EAGER_LINES'
  | 'PROTECTION'
  | 'CONTENT_KEY_ARN'
  | 'ENGINE'
  | 'MEDIACONVERT_REACH'
>;

/** From a complete source to a ready video: queues, the state machine, and what keeps both honest. */
export class ProcessingStack extends Stack {
  readonly alarms: Alarms;
  /** Prepare jobs, which a creator waits for. */
  readonly express: JobQueue;
  /** Everything else. */
  readonly bulk: JobQueue;
  readonly events: EventBus;
  readonly machine: StateMachine;
  readonly workerInfrastructure: WorkerInfrastructure;
  /** The distribution's second origin for media. */
  readonly onDemand: OnDemandOrigin;

  constructor(scope: Construct, id: string, { config, storage, ...props }: ProcessingProps) {
    super(scope, id, props);
    this.alarms = new Alarms(this, 'Alarms', config);
    this.express = new JobQueue(this, 'Express', { alarms: this.alarms, name: 'express', patienceSeconds: 60 });
    this.bulk = new JobQueue(this, 'Bulk', { alarms: this.alarms, name: 'bulk', patienceSeconds: 30 * 60 });
    this.events = new EventBus(this, 'Events', { description: `Sluice ${config.id}: what has happened to videos` });

    const shared = { config, storage, alarms: this.alarms };
    const mediaConvert = config.processing.mediaConvert && new MediaConvert(this, 'MediaConvert', shared);
    const parts = { ...shared, express: this.express, bulk: this.bulk, events: this.events, mediaConvert };
    const stages = stagesFunction(this, parts);

    const role = new Role(this, 'MachineRole', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    allow(role, [
      { actions: ['sqs:SendMessage'], resources: [this.express.queue.queueArn] },
      { actions: ['lambda:InvokeFunction'], resources: [stages.lambda.functionArn] },
    ]);
    acknowledgeWildcards(
      role,
      ['*'],
      'Log deliveries and X-Ray segments know no resources; the logging and tracing of a state machine add them.',
    );
    this.machine = new StateMachine(this, 'ProcessVideo', {
      stateMachineName: machineName(config),
      definitionBody: DefinitionBody.fromString(
        readFileSync(join(root, 'statemachines/process-video.asl.json'), 'utf8'),
      ),
      definitionSubstitutions: {
        ExpressQueueUrl: this.express.queue.queueUrl,
        StagesFunctionArn: stages.lambda.functionArn,
      },
      stateMachineType: StateMachineType.STANDARD,
      role,
      tracingEnabled: true,
      logs: {
        // Without data: inputs hold task tokens, which are all that is needed to release a stage.
        destination: new LogGroup(this, 'MachineLog', { retention: config.retention.logDays }),
        level: LogLevel.ALL,
        includeExecutionData: false,
      },
    });
    this.alarms.raise(this, 'runs-failed', {
      metric: this.machine.metricFailed({ statistic: 'Sum', ...minutes(5) }),
      above: 0,
      periods: 1,
    });
    this.alarms.raise(
      this,
      'runs-failed',
      {
        metric: this.machine.metricTimedOut({ statistic: 'Sum', ...minutes(5) }),
        above: 0,
        periods: 1,
      },
      'timed-out',
    );

    new ProcessingFunctions(this, 'Functions', { ...parts, machine: this.machine });
    captionsListener(this, parts);
    new UploadExpiry(this, 'UploadExpiry', parts);
    libraryListeners(this, parts);
    publisher(this, parts);
    new BacklogMeter(this, 'Backlog', parts);
    this.onDemand = new OnDemandOrigin(this, 'OnDemand', parts);

    this.workerInfrastructure = {
      VIDEOS_TABLE: storage.videos.tableName,
      JOBS_TABLE: storage.jobs.tableName,
      UPLOADS_BUCKET: storage.buckets.uploads.bucketName,
      MEDIA_BUCKET: storage.buckets.media.bucketName,
      EXPRESS_QUEUE_URL: this.express.queue.queueUrl,
      BULK_QUEUE_URL: this.bulk.queue.queueUrl,
      EVENT_BUS_NAME: this.events.eventBusName,
      EAGER_LINES: String(config.processing.eagerLines),
      PROTECTION: config.processing.protection,
      CONTENT_KEY_ARN: storage.contentKey.keyArn,
      ENGINE: config.processing.engine,
      MEDIACONVERT_REACH: reachOf(config.processing.mediaConvert),
    };

    new CfnOutput(this, 'StateMachineArn', { value: this.machine.stateMachineArn });
    new CfnOutput(this, 'ExpressQueueUrl', { value: this.express.queue.queueUrl });
    new CfnOutput(this, 'BulkQueueUrl', { value: this.bulk.queue.queueUrl });
    new CfnOutput(this, 'OnDemandOriginUrl', { value: this.onDemand.url.url });
    new CfnOutput(this, 'WorkerEnvironment', { value: this.toJsonString(this.workerInfrastructure) });
  }
}
