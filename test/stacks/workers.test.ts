import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { env as workerEnv } from '../../worker/env.ts';
import { only, resources, root, stack, synthesized } from './synthesized.ts';

const workers = stack(synthesized('prod'), 'Workers');

describe('the network of the workers', () => {
  test.each(['AWS::EC2::InternetGateway', 'AWS::EC2::NatGateway', 'AWS::EC2::EIP', 'AWS::EC2::Route'])(
    'has no %s',
    (type) => {
      workers.resourceCountIs(type, 0);
    },
  );

  test('reaches the services that workers need, each by an endpoint', () => {
    const endpoints = JSON.stringify(
      resources(workers, 'AWS::EC2::VPCEndpoint').map(([, { Properties }]) => Properties['ServiceName']),
    );
    for (const service of ['sqs', 'states', 'events', 'kms', 'ecr.api', 'ecr.dkr', 'logs', 's3', 'dynamodb']) {
      expect(endpoints).toContain(`.${service}"`);
    }
  });

  test('reaches no bucket of a stranger', () => {
    const s3 = resources(workers, 'AWS::EC2::VPCEndpoint')
      .map(([, { Properties }]) => Properties)
      .filter(({ ServiceName }) => JSON.stringify(ServiceName).includes('.s3"'));
    expect(s3).toHaveLength(1);
    const policies = s3.map(({ PolicyDocument }) => PolicyDocument as { Statement: { Resource: unknown }[] });
    const Statement = policies.flatMap((policy) => policy.Statement);
    const names = Statement.flatMap(({ Resource }) => (Array.isArray(Resource) ? Resource : [Resource])).map((name) =>
      JSON.stringify(name),
    );
    for (const name of names)
      expect(name).toMatch(/:s3:::(sluice-prod-(uploads|media)-|prod-us-east-1-starport-layer-bucket)/);
  });
});

describe('a worker', () => {
  const task = only(workers, 'AWS::ECS::TaskDefinition').Properties;
  const [container] = task['ContainerDefinitions'] as [Record<string, unknown>];

  test('runs on arm64, as nobody, and may write to its scratch volume alone', () => {
    expect(task['RuntimePlatform']).toEqual({ CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' });
    expect(container).toMatchObject({
      User: '10001',
      ReadonlyRootFilesystem: true,
      MountPoints: [{ ContainerPath: '/scratch', ReadOnly: false, SourceVolume: 'scratch' }],
    });
  });

  test('has two minutes to give back its jobs', () => {
    expect(container['StopTimeout']).toBe(120);
  });

  test('is told all that its schema asks for, and nothing more', () => {
    const names = (container['Environment'] as { Name: string }[]).map(({ Name }) => Name);
    expect(names.toSorted()).toEqual(Object.keys(workerEnv.shape).toSorted());
  });

  test('finds its tools where the image has them', () => {
    const dockerfile = readFileSync(join(root, 'worker/Dockerfile'), 'utf8');
    const { FFMPEG, SCRATCH_DIR } = Object.fromEntries(
      (container['Environment'] as { Name: string; Value: string }[]).map(({ Name, Value }) => [Name, Value]),
    );
    expect(FFMPEG).toBe('/opt/media/ffmpeg');
    expect(dockerfile).toContain('COPY --from=media /opt/media /opt/media');
    expect(dockerfile).toContain(`VOLUME ["${SCRATCH_DIR}"]`);
    expect(dockerfile).toContain('USER 10001');
  });
});

describe('the fleet', () => {
  test('is Spot above a base that is not', () => {
    expect(only(workers, 'AWS::ECS::Service').Properties['CapacityProviderStrategy']).toEqual([
      { CapacityProvider: 'FARGATE', Base: 2, Weight: 0 },
      { CapacityProvider: 'FARGATE_SPOT', Weight: 1 },
    ]);
  });

  test('goes back to the version before if a new one does not start', () => {
    workers.hasResourceProperties('AWS::ECS::Service', {
      DeploymentConfiguration: Match.objectLike({ DeploymentCircuitBreaker: { Enable: true, Rollback: true } }),
    });
  });

  test('grows by the jobs that wait for each running task, within the bounds of the environment', () => {
    workers.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 2, MaxCapacity: 200 });
    workers.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: 4,
        CustomizedMetricSpecification: {
          Metrics: Match.arrayWith([
            Match.objectLike({
              Id: 'backlog',
              ReturnData: true,
              Expression: Match.stringLikeRegexp('express \\+ bulk'),
            }),
          ]),
        },
      },
    });
  });

  test('has somebody paged when there are too few, or none to be counted', () => {
    workers.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'sluice-prod-workers-missing',
      TreatMissingData: 'breaching',
    });
  });
});
