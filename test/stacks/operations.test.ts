import { describe, expect, test } from 'vitest';
import { environments } from '../../lib/config/environments.ts';
import { only, resources, type StackName, stack, synthesized } from './synthesized.ts';

const prod = synthesized('prod');
const { retention, processing } = environments().prod;

/** Everything of a type in all stacks of prod, each with its stack before its name. */
const all = (type: string) =>
  (Object.keys(prod) as StackName[]).flatMap((name) =>
    resources(stack(prod, name), type).map(
      ([id, { Properties }]) => [`${name} ${id.replace(/[0-9A-F]{8}$/, '')}`, Properties] as const,
    ),
  );
const idOf = (reference: unknown) => /"(?:Ref|Fn::GetAtt)":\[?"(\w+)"/.exec(JSON.stringify(reference))?.[1];

describe('what an event asks for', () => {
  interface Target {
    readonly Arn: unknown;
    readonly DeadLetterConfig?: { readonly Arn: unknown };
  }
  /** Something else does their work later, if the event is lost; each says what, where it is made (`afterFailure`). */
  const mendedLater = ['FunctionsStart', 'MediaConvertMediaConvertEvents'];

  const called = (Object.keys(prod) as StackName[]).flatMap((name) => {
    const template = stack(prod, name);
    return resources(template, 'AWS::Events::Rule')
      .filter(([, { Properties }]) => Properties['EventPattern'] !== undefined)
      .map(([, { Properties }]) => {
        const [target] = Properties['Targets'] as [Target];
        const calls = resources(template, 'AWS::Lambda::EventInvokeConfig').find(
          ([, config]) => idOf(config.Properties['FunctionName']) === idOf(target.Arn),
        )?.[1];
        const given = calls?.Properties['DestinationConfig'] as { OnFailure: { Destination: unknown } } | undefined;
        return {
          name: idOf(target.Arn)?.replace(/Function[0-9A-F]{8}$/, '') ?? '',
          undelivered: idOf(target.DeadLetterConfig?.Arn),
          failed: idOf(given?.OnFailure.Destination),
        };
      });
  });

  test('is done later by something else, or is kept in one queue when it cannot be delivered and when it fails', () => {
    const kept = called.filter(({ name }) => !mendedLater.includes(name));
    expect(
      called
        .filter(({ name }) => mendedLater.includes(name))
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(mendedLater);
    expect(kept.map(({ name }) => name).toSorted()).toEqual([
      'CaptionsListener',
      'CleanPlaylistsListener',
      'ClearHistoryListener',
      'ExportListener',
      'MarkAddressesListener',
      'PublishDueListener',
      'RemoveListener',
    ]);
    for (const { name, undelivered, failed } of kept) {
      expect(undelivered, name).toMatch(/Lost/);
      expect(failed, name).toBe(undelivered);
    }
  });

  test('and is kept, is told of by an alarm', () => {
    const watched = all('AWS::CloudWatch::Alarm')
      .filter(([, { MetricName }]) => MetricName === 'ApproximateNumberOfMessagesVisible')
      .map(([, { Dimensions }]) => idOf(Dimensions));
    const queues = (Object.keys(prod) as StackName[]).flatMap((name) =>
      resources(stack(prod, name), 'AWS::SQS::Queue').flatMap(([id]) => (/Lost[0-9A-F]{8}$/.test(id) ? [id] : [])),
    );
    expect(queues.length).toBeGreaterThan(0);
    expect(watched.toSorted()).toEqual(queues.toSorted());
  });
});

describe('costs and limits', () => {
  test('requests that are held leave the API its share of the account', () => {
    const reserved = all('AWS::Lambda::Function').flatMap(([name, { ReservedConcurrentExecutions: of }]) =>
      of === undefined ? [] : [[name, of]],
    );
    expect(reserved).toEqual([['Processing OnDemandOriginFunction', processing.heldRequests]]);
  });

  test('nothing is encrypted under a key that is paid for by the request', () => {
    const properties = [
      'AWS::S3::Bucket',
      'AWS::SQS::Queue',
      'AWS::SNS::Topic',
      'AWS::DynamoDB::GlobalTable',
      'AWS::Logs::LogGroup',
    ].flatMap(all);
    for (const [name, of] of properties) expect(JSON.stringify(of), name).not.toMatch(/kms/i);
  });

  test.each(all('AWS::Logs::LogGroup'))('the log %s forgets when the environment says', (_, { RetentionInDays }) => {
    expect(RetentionInDays).toBe(retention.logDays);
  });

  test.each(all('AWS::Lambda::Function').filter(([name]) => !name.startsWith('Web ')))(
    '%s is traced, on arm64, has a log of its own, and ends',
    (_, properties) => {
      expect(properties).toMatchObject({ Architectures: ['arm64'], TracingConfig: { Mode: 'Active' } });
      expect(idOf(properties['LoggingConfig'])).toMatch(/Log[0-9A-F]{8}$/);
      expect(properties['Timeout']).toBeLessThanOrEqual(900);
    },
  );

  test('no metric is kept for each route, task or container', () => {
    expect(JSON.stringify(only(stack(prod, 'Api'), 'AWS::ApiGatewayV2::Stage'))).not.toContain(
      'DetailedMetricsEnabled',
    );
    expect(only(stack(prod, 'Workers'), 'AWS::ECS::Cluster').Properties['ClusterSettings']).toEqual([
      { Name: 'containerInsights', Value: 'enabled' },
    ]);
  });
});

test('the dashboard shows the state of every alarm that tells somebody', () => {
  const told = all('AWS::CloudWatch::Alarm')
    .map(([, { AlarmName }]) => AlarmName as string)
    .filter((name) => !name.includes('-scaling-'));
  const body = JSON.stringify(
    only(stack(prod, 'Operations'), 'AWS::CloudWatch::Dashboard').Properties['DashboardBody'],
  );
  const shown = new Set([...body.matchAll(/:alarm:(sluice-prod-[\w-]+)/g)].map(([, name]) => name));
  expect([...shown].toSorted()).toEqual(told.toSorted());
});
