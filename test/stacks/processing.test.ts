import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { maxTries, visibilityTimeoutSeconds } from '../../domain/jobs/jobs.ts';
import { Environment } from '../../lib/config/environment.ts';
import { environments } from '../../lib/config/environments.ts';
import { env as workerEnv } from '../../worker/env.ts';
import { only, resources, stack, synthesized, synthesizedFrom } from './synthesized.ts';

const processing = stack(synthesized('prod'), 'Processing');
const idOf = (type: string, start: string) =>
  resources(processing, type).find(([id]) => id.startsWith(start))?.[0] ?? start;

describe.each(['Express', 'Bulk'])('the queue %s', (name) => {
  const deadLetters = idOf('AWS::SQS::Queue', `${name}DeadLetters`);

  test('gives a job of a silent worker to another, and up after the last try', () => {
    processing.hasResourceProperties('AWS::SQS::Queue', {
      VisibilityTimeout: visibilityTimeoutSeconds,
      RedrivePolicy: { maxReceiveCount: maxTries, deadLetterTargetArn: { 'Fn::GetAtt': [deadLetters, 'Arn'] } },
      SqsManagedSseEnabled: true,
    });
  });

  test('outlives the time that the state machine gives a stage', () => {
    const [, queue] = resources(processing, 'AWS::SQS::Queue').find(([id]) => id.startsWith(`${name}Queue`)) ?? [];
    const stageSeconds = Math.max(...Object.values(machine.States).map(({ TimeoutSeconds = 0 }) => TimeoutSeconds));
    expect(queue?.Properties['MessageRetentionPeriod']).toBeGreaterThan(stageSeconds);
  });

  test('has somebody paged for its dead letters, and for those that nobody takes', () => {
    for (const alarm of [`${name.toLowerCase()}-dead-letters`, `stuck-dead-letters-${name.toLowerCase()}`]) {
      processing.hasResourceProperties('AWS::CloudWatch::Alarm', {
        AlarmName: `sluice-prod-${alarm}`,
        Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [deadLetters, 'QueueName'] } }],
        AlarmActions: [{ Ref: idOf('AWS::SNS::Topic', 'Alarmspage') }],
      });
    }
  });

  test('has its dead letters judged, one by one', () => {
    processing.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: { 'Fn::GetAtt': [deadLetters, 'Arn'] },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });
});

interface State {
  readonly Type: string;
  readonly TimeoutSeconds?: number;
  readonly HeartbeatSeconds?: number;
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[]; readonly MaxAttempts?: number }[];
  readonly Catch?: readonly { readonly Next: string }[];
}
const { Properties: machineProperties } = only(processing, 'AWS::StepFunctions::StateMachine');
const definition = machineProperties['DefinitionString'] as string;
const machine = JSON.parse(definition) as { States: Record<string, State> };

describe('the state machine', () => {
  const tasks = Object.entries(machine.States).filter(([, { Type }]) => Type === 'Task');

  test.each(tasks)('%s tries again what may pass, and has a time by which it ends', (_, task) => {
    expect(task.Retry?.some(({ MaxAttempts }) => MaxAttempts !== 0)).toBe(true);
    expect(task.TimeoutSeconds).toBeGreaterThan(0);
  });

  test('ends every failure of a stage in a recorded reason', () => {
    for (const [name, { Catch }] of tasks) {
      if (name !== 'RecordReason') expect(Catch?.at(-1)?.Next, name).toBe('RecordReason');
    }
  });

  test('does not take a queued job for a dead one', () => {
    for (const [name, { HeartbeatSeconds }] of tasks) expect(HeartbeatSeconds, name).toBeUndefined();
  });

  test('has nothing of its definition left to fill in', () => {
    const named = [...definition.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name);
    expect(Object.keys(machineProperties['DefinitionSubstitutions'] as object).toSorted()).toEqual(
      [...new Set(named)].toSorted(),
    );
  });

  test('logs how runs go, without the tokens in their data', () => {
    processing.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
      TracingConfiguration: { Enabled: true },
    });
  });
});

describe('what keeps runs honest', () => {
  test('a source that is complete starts its run by the event of S3 too', () => {
    processing.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: { object: { key: [{ prefix: 'sources/' }] }, bucket: { name: [Match.anyValue()] } },
      },
    });
  });

  test.each(['rate(1 minute)', 'rate(5 minutes)'])('something is called at %s', (ScheduleExpression) => {
    processing.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression, State: 'ENABLED' });
  });

  test('a reconciler that is not called is as bad as one that fails', () => {
    processing.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'sluice-prod-reconciler-failing',
      TreatMissingData: 'breaching',
    });
  });
});

test('a worker is told what its schema asks for, but for what is about its own machine', () => {
  const value = JSON.stringify(processing.findOutputs('WorkerEnvironment'));
  const told = Object.keys(workerEnv.shape).filter((name) => value.includes(name));
  const itsOwn = ['FFMPEG', 'FFPROBE', 'PACKAGER', 'SCRATCH_DIR', 'BULK_SLOTS'];
  expect(told.toSorted()).toEqual(
    Object.keys(workerEnv.shape)
      .filter((name) => !itsOwn.includes(name))
      .toSorted(),
  );
});

describe('MediaConvert', () => {
  const config = environments().prod;
  const pattern = {
    source: ['aws.mediaconvert'],
    'detail-type': ['MediaConvert Job State Change'],
    detail: { userMetadata: { videoId: [{ exists: true }], attempt: [{ exists: true }] } },
  };

  test('tells us of jobs that are ours, and of what becomes of them only', () => {
    processing.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        ...pattern,
        detail: {
          ...pattern.detail,
          status: ['STATUS_UPDATE', 'COMPLETE', 'ERROR', 'CANCELED'],
          queue: Match.anyValue(),
        },
      },
    });
  });

  test('asks for keys where there is a DRM provider, by the one resource of it', () => {
    const invokeArn = 'arn:aws:execute-api:us-east-1:111122223333:a1b2c3/prod/POST/speke';
    const speke = { url: 'https://keys.example/speke', invokeArn, hls: ['fairplay'], dash: ['widevine'] };
    const template = stack(
      synthesizedFrom(
        Environment.parse({
          ...config,
          processing: { ...config.processing, engine: 'mediaconvert', mediaConvert: { queueName: 'Drm', speke } },
        }),
      ),
      'Processing',
    );
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({ Action: 'execute-api:Invoke', Resource: invokeArn })]),
      },
    });
    const told = JSON.stringify(template.findResources('AWS::Lambda::Function'));
    expect(told).toContain('widevine');
    expect(told).toContain('queues/Drm');
    expect(JSON.stringify(template.findOutputs('WorkerEnvironment'))).toContain('\\"MEDIACONVERT_REACH\\":\\"all\\"');
  });

  test('is not in an environment whose configuration does not name it, and cannot be its engine', () => {
    const local = stack(synthesized('local'), 'Processing');
    local.resourcePropertiesCountIs('AWS::Events::Rule', { EventPattern: { source: ['aws.mediaconvert'] } }, 0);
    expect(JSON.stringify(local.toJSON())).not.toMatch(/mediaconvert:/);
    const { mediaConvert: _, ...without } = config.processing;
    expect(() => Environment.parse({ ...config, processing: { ...without, engine: 'mediaconvert' } })).toThrow(
      'not configured',
    );
  });
});
