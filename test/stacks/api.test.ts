import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { registry } from '../../client/registry.ts';
import type { Route } from '../../domain/api/route.ts';
import { only, resources, stack, synthesized } from './synthesized.ts';

const api = stack(synthesized('prod'), 'Api');
const registered: [string, Route][] = Object.values(registry)
  .flatMap((routes) => Object.values<Route>(routes))
  .map((route) => [`${route.method} /api${route.path}`, route]);

describe('the HTTP API', () => {
  test('has the routes of the registries, and no others', () => {
    const made = resources(api, 'AWS::ApiGatewayV2::Route').map(
      ([, { Properties }]) => Properties['RouteKey'] as string,
    );
    expect(made.toSorted()).toEqual(registered.map(([key]) => key).toSorted());
  });

  test('throttles each route as its registry says', () => {
    expect(only(api, 'AWS::ApiGatewayV2::Stage').Properties['RouteSettings']).toEqual(
      Object.fromEntries(
        registered.map(([key, { throttle }]) => [
          key,
          { ThrottlingRateLimit: throttle.ratePerSecond, ThrottlingBurstLimit: throttle.burst },
        ]),
      ),
    );
  });

  test('makes every route before the settings that name it', () => {
    const after = only(api, 'AWS::ApiGatewayV2::Stage').DependsOn;
    for (const [id] of resources(api, 'AWS::ApiGatewayV2::Route')) expect(after).toContain(id);
  });

  test('logs who asked for which route and never what was sent', () => {
    api.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      AccessLogSettings: { Format: Match.stringLikeRegexp('routeKey') },
    });
    expect(JSON.stringify(api.toJSON())).not.toMatch(/\$context\.(path|authorizer)|querystring/i);
  });
});

describe('every service', () => {
  const functions = resources(api, 'AWS::Lambda::Function').map(
    ([id, { Properties }]) => [id.replace(/Function.*/, ''), Properties] as const,
  );

  test('has one function', () => {
    expect(functions.map(([name]) => name.toLowerCase()).toSorted()).toEqual(Object.keys(registry).toSorted());
  });

  test.each(functions)('%s runs on Node 24 on arm64, traced, and ends before the gateway gives up', (_, properties) => {
    expect(properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      TracingConfig: { Mode: 'Active' },
    });
    expect(properties['Timeout']).toBeLessThan(29);
  });

  test.each(functions)('%s trusts the origin that config names', (_, properties) => {
    const { Variables } = properties['Environment'] as { Variables: Record<string, unknown> };
    expect(Variables['SITE_ORIGIN']).toBe('https://sluice.example');
  });
});

test('requests that nobody could count are counted by one metric, which has an alarm', () => {
  const filters = resources(api, 'AWS::Logs::MetricFilter').map(([, { Properties }]) => Properties);
  expect(filters).toHaveLength(Object.keys(registry).length);
  for (const { FilterPattern, MetricTransformations } of filters) {
    expect(FilterPattern).toBe('{ $.limitsUnknown = "*" }');
    expect(MetricTransformations).toMatchObject([{ MetricNamespace: 'Sluice/prod', MetricName: 'UncountedRequests' }]);
  }
  api.hasResourceProperties('AWS::CloudWatch::Alarm', { Namespace: 'Sluice/prod', MetricName: 'UncountedRequests' });
});

test('the local API is addressed without a host name that would have to be resolved', () => {
  const output = stack(synthesized('local'), 'Api').findOutputs('ApiEndpoint');
  expect(JSON.stringify(output)).toContain('http://127.0.0.1:4710/_aws/execute-api/');
});
