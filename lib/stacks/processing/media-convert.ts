import { Aws } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { JobPlace } from '../../../domain/media/mediaconvert/configuration.ts';
import { toldStates } from '../../../domain/media/mediaconvert/events.ts';
import { mediaConvertEventsEnv } from '../../../lambdas/processing/env.ts';
import type { Environment } from '../../config/environment.ts';
import { bucketArn, machineArn, mediaConvertArn } from '../../config/names.ts';
import { minutes } from '../../constructs/alarms.ts';
import { allow, items, type Permission } from '../../constructs/permissions.ts';
import { callByRule } from '../../constructs/rules.ts';
import { ServiceFunction } from '../../constructs/service-function.ts';
import type { ProcessingParts } from './functions.ts';

/** To end jobs of videos that are deleted. */
export const cancelTranscodes = (config: Environment): Permission => ({
  actions: ['mediaconvert:CancelJob'],
  resources: [mediaConvertArn(config, 'jobs/*')],
  because: 'MediaConvert names jobs itself; these are the jobs of one account and region.',
});

/** The other engine: the role that MediaConvert works in, who may give it jobs, and who hears what became of them. */
export class MediaConvert extends Construct {
  /** What a job needs to know. */
  readonly place: JobPlace;
  readonly mayGiveJobs: readonly Permission[];
  readonly mayAskForJobs: readonly Permission[];

  constructor(
    scope: Construct,
    id: string,
    { config, storage, alarms }: Pick<ProcessingParts, 'config' | 'storage' | 'alarms'>,
  ) {
    super(scope, id);
    const { mediaConvert } = config.processing;
    if (mediaConvert === undefined) throw new Error(`${config.id} has no MediaConvert`);
    const { queueName, endpoint, speke } = mediaConvert;
    const queueArn = mediaConvertArn(config, `queues/${queueName}`);
    const jobs = mediaConvertArn(config, 'jobs/*');

    const role = new Role(this, 'JobRole', {
      description: 'MediaConvert, at work for us',
      // For jobs of this account only: a role that a service takes on must not serve whoever talks the service into it.
      assumedBy: new ServicePrincipal('mediaconvert.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    });
    allow(role, [
      {
        actions: ['s3:GetObject'],
        resources: [`${bucketArn(config, 'uploads')}/sources/*`],
        because: 'Sources are named by video and upload; all of them, and nothing else, have this prefix.',
      },
      {
        actions: ['s3:GetObject'],
        resources: [`${bucketArn(config, 'uploads')}/remuxed/*`],
        because: 'Copies of sources are named by video and attempt; all of them, and nothing else, have this prefix.',
      },
      {
        actions: ['s3:PutObject'],
        resources: [`${bucketArn(config, 'media')}/media/*`],
        because: 'Media are named by video and attempt; all media have this prefix.',
      },
      ...(speke ? [{ actions: ['execute-api:Invoke'], resources: [speke.invokeArn] }] : []),
    ]);

    this.place = {
      roleArn: role.roleArn,
      queueArn,
      uploadsBucket: storage.buckets.uploads.bucketName,
      mediaBucket: storage.buckets.media.bucketName,
      ...(endpoint !== undefined && { endpoint }),
      ...(speke && { speke }),
    };
    this.mayGiveJobs = [
      { actions: ['mediaconvert:CreateJob'], resources: [queueArn] },
      cancelTranscodes(config),
      {
        actions: ['iam:PassRole'],
        resources: [role.roleArn],
        conditions: { StringEquals: { 'iam:PassedToService': 'mediaconvert.amazonaws.com' } },
      },
      {
        actions: ['s3:GetObject'],
        resources: [`${bucketArn(config, 'media')}/media/*`],
        because: 'It reads what MediaConvert lists in its manifests, under ids that are not known before.',
      },
    ];
    this.mayAskForJobs = [
      {
        actions: ['mediaconvert:GetJob'],
        resources: [jobs],
        because: 'MediaConvert names jobs itself; these are the jobs of one account and region.',
      },
    ];

    const events = new ServiceFunction(this, 'MediaConvertEvents', {
      config,
      entry: 'lambdas/processing/mediaconvert-events.ts',
      description: 'Events of MediaConvert jobs: progress, completion, errors',
      schema: mediaConvertEventsEnv,
      environment: { VIDEOS_TABLE: storage.videos.tableName, JOBS_TABLE: storage.jobs.tableName },
      timeoutSeconds: 30,
      memoryMb: 512,
      afterFailure: 'The reconciler asks MediaConvert for the job of a stage that has been still for ten minutes.',
      permissions: [
        items(storage.videos, 'GetItem', 'UpdateItem'),
        items(storage.jobs, 'GetItem', 'UpdateItem'),
        { actions: ['states:SendTaskSuccess', 'states:SendTaskFailure'], resources: [machineArn(config)] },
      ],
    });
    callByRule(events, {
      eventPattern: {
        source: ['aws.mediaconvert'],
        detailType: ['MediaConvert Job State Change'],
        // Others in the account may have jobs too; those that are ours say so.
        detail: {
          status: [...toldStates],
          queue: [queueArn],
          userMetadata: { videoId: [{ exists: true }], attempt: [{ exists: true }] },
        },
      },
    });
    alarms.raise(this, 'mediaconvert-events-failing', {
      metric: events.lambda.metricErrors({ statistic: 'Sum', ...minutes(5) }),
      above: 0,
      periods: 3,
    });
  }
}
