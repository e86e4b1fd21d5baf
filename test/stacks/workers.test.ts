import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { backlogMetric } from '../../domain/capacity/backlog.ts';
import { environments } from '../../lib/config/environments.ts';
import { env as workerEnv } from '../../worker/env.ts';
import { resources, root, stack, synthesized } from './synthesized.ts';

const workers = stack(synthesized('prod'), 'Workers');
const { prod, dev } = environments();
/** The definitions of tasks, that of the usual workers first. */
const tasks = resources(workers, 'AWS::ECS::TaskDefinition')
  .map(([, { Properties }]) => Properties)
  .toSorted((a, b) => JSON.stringify(a['RuntimePlatform']).localeCompare(JSON.stringify(b['RuntimePlatform'])));

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
  const [task = {}, onX86 = {}] = tasks;
  const [container] = task['ContainerDefinitions'] as [Record<string, unknown>];

  test('is the same on x86, but for its image', () => {
    expect(tasks).toHaveLength(2);
    expect([task, onX86].map(({ RuntimePlatform }) => RuntimePlatform)).toEqual(
      ['ARM64', 'X86_64'].map((CpuArchitecture) => ({ CpuArchitecture, OperatingSystemFamily: 'LINUX' })),
    );
    const alike = ({ RuntimePlatform: _, Family: __, ContainerDefinitions, ...rest }: Record<string, unknown>) => {
      const [{ Image, ...definition } = {}] = ContainerDefinitions as Record<string, unknown>[];
      return { ...rest, definition, Image };
    };
    const { Image: arm64Image, ...arm64 } = alike(task);
    const { Image: x86Image, ...x86 } = alike(onX86);
    expect(x86).toEqual(arm64);
    expect(x86Image).not.toEqual(arm64Image);
  });

  test('runs as nobody, and may write to its scratch volume alone', () => {
    expect(container).toMatchObject({
      User: '10001',
      ReadonlyRootFilesystem: true,
      MountPoints: [{ ContainerPath: '/scratch', ReadOnly: false, SourceVolume: 'scratch' }],
    });
  });

  test('has two minutes to give back its jobs', () => {
    expect(container['StopTimeout']).toBe(120);
  });

  test('runs programs alone that others of its user cannot look into, and nothing before them', () => {
    expect(container['LinuxParameters']).toBeUndefined();
    const dockerfile = readFileSync(join(root, 'worker/Dockerfile'), 'utf8');
    expect(dockerfile).toContain("os.chmod(f'/opt/media/{name}', 0o711)");
    expect(dockerfile).toContain('chmod 0711 /usr/local/bin/node /usr/bin/nice /usr/bin/prlimit\n');
    expect(dockerfile).toContain('ENTRYPOINT ["node",');
  });

  test('is told all that its schema asks for, and nothing more', () => {
    const names = (container['Environment'] as { Name: string }[]).map(({ Name }) => Name);
    expect(names.toSorted()).toEqual(Object.keys(workerEnv.shape).toSorted());
  });

  test('is told how the environment processes what its creators leave to it', () => {
    const { eagerLines, protection, engine } = prod.processing;
    expect(container['Environment']).toEqual(
      expect.arrayContaining([
        { Name: 'EAGER_LINES', Value: String(eagerLines) },
        { Name: 'PROTECTION', Value: protection },
        { Name: 'ENGINE', Value: engine },
      ]),
    );
    expect(eagerLines).toBe(1080);
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

  test('is built of exact versions, and runs the Node that everything was tested on', () => {
    const dockerfile = readFileSync(join(root, 'worker/Dockerfile'), 'utf8');
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
    expect(bases).toHaveLength(3);
    for (const base of bases) expect(base).toMatch(/^\w+:\d+\.\d+\.\d+-/);
    expect(bases.filter((base) => base?.startsWith('node:'))).toEqual(
      Array(2).fill(`node:${lock.packages['node_modules/node'].version}-trixie-slim`),
    );
    const wheels = [...dockerfile.matchAll(/[\w-]+==[\d.]+/g)].map(([wheel]) => wheel);
    const laptop = readFileSync(join(root, 'local/requirements.txt'), 'utf8').split('\n');
    expect(wheels).toHaveLength(2);
    expect(laptop).toEqual(expect.arrayContaining(wheels));
  });
});

/** The backlog as a metric of CloudWatch. */
const published = (environment: string) => ({
  Namespace: backlogMetric.namespace,
  MetricName: backlogMetric.name,
  Dimensions: Match.arrayWith([
    { Name: 'environment', Value: environment },
    { Name: 'service', Value: backlogMetric.service },
  ]),
});

/** The adjustments of the step scaling policies whose name ends so. */
const stepsOf = (template: Template, end: string) =>
  resources(template, 'AWS::ApplicationAutoScaling::ScalingPolicy')
    .filter(([, { Properties }]) => String(Properties['PolicyName']).endsWith(`-${end}`))
    .map(
      ([, { Properties }]) =>
        (Properties['StepScalingPolicyConfiguration'] as { StepAdjustments: unknown[] }).StepAdjustments,
    );

describe('the fleet', () => {
  test('is Spot above a base that is not; what stands in for it is none', () => {
    expect(
      resources(workers, 'AWS::ECS::Service').map(([, { Properties }]) => Properties['CapacityProviderStrategy']),
    ).toEqual([
      [
        { CapacityProvider: 'FARGATE', Base: 2, Weight: 0 },
        { CapacityProvider: 'FARGATE_SPOT', Weight: 1 },
      ],
      [{ CapacityProvider: 'FARGATE', Weight: 1 }],
    ]);
  });

  test('goes back to the version before if a new one does not start', () => {
    workers.hasResourceProperties('AWS::ECS::Service', {
      DeploymentConfiguration: Match.objectLike({ DeploymentCircuitBreaker: { Enable: true, Rollback: true } }),
    });
  });

  test('grows by the time that it would take for the work there is, within the bounds of the environment', () => {
    workers.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 2, MaxCapacity: 200 });
    workers.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: prod.workers.drainSeconds,
        CustomizedMetricSpecification: {
          Metrics: Match.arrayWith([
            Match.objectLike({ Id: 'backlog', MetricStat: Match.objectLike({ Metric: published('prod') }) }),
            Match.objectLike({
              Id: 'drain',
              ReturnData: true,
              // By the cores of every task that runs, on whichever machine.
              Expression: 'backlog / (4 * IF((FILL(arm, 0) + FILL(x86, 0)) > 1, (FILL(arm, 0) + FILL(x86, 0)), 1))',
            }),
          ]),
        },
      },
    });
  });

  test('is scaled by what the function publishes, which is paged for when it does not', () => {
    stack(synthesized('prod'), 'Processing').hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'sluice-prod-backlog-unknown',
      ...published('prod'),
      Statistic: 'SampleCount',
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      TreatMissingData: 'breaching',
    });
  });

  test('gets its first task by a signal where none is kept warm, and only there', () => {
    expect(dev.workers.min).toBe(0);
    const cold = stack(synthesized('dev'), 'Workers');
    const firstTask = { AlarmName: 'sluice-dev-scaling-first-task', EvaluationPeriods: 1 };
    cold.hasResourceProperties('AWS::CloudWatch::Alarm', firstTask);
    expect(stepsOf(cold, 'first-task')).toEqual([[{ MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }]]);
    expect(stepsOf(workers, 'first-task')).toEqual([]);
  });

  test('has x86 stand in for tasks that do not start while work waits, and lets it go when they do', () => {
    workers.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 0, MaxCapacity: 100 });
    const signals = resources(workers, 'AWS::CloudWatch::Alarm').filter(([, { Properties }]) =>
      String(Properties['AlarmName']).includes('scaling-fallback'),
    );
    const expressions = signals.map(([, { Properties }]) =>
      (Properties['Metrics'] as { Expression?: string }[]).flatMap(({ Expression }) => Expression ?? []),
    );
    expect(expressions.flat()).toEqual([
      expect.stringMatching(/^IF\(backlog .* > 120, desired - FILL\(arm, 0\), 0\)$/),
      'IF(desired > FILL(arm, 0), 0, 1)',
    ]);
    expect(signals.map(([, { Properties }]) => Properties['EvaluationPeriods'])).toEqual([5, 15]);
    expect(stepsOf(workers, 'fallback-in')).toEqual([[{ MetricIntervalLowerBound: 0, ScalingAdjustment: 0 }]]);
    expect(stepsOf(workers, 'fallback-out').flat().at(-1)).toEqual({
      MetricIntervalLowerBound: 20,
      ScalingAdjustment: 20,
    });
  });

  test('has somebody paged when there are too few, or none to be counted', () => {
    workers.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'sluice-prod-workers-missing',
      TreatMissingData: 'breaching',
    });
  });
});
