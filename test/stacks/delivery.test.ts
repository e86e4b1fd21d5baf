import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { contentSecurityPolicy, dataSecurityPolicy } from '../../lib/config/site-headers.ts';
import { only, resources, root, stack, synthesized } from './synthesized.ts';

const prod = synthesized('prod');
const delivery = stack(prod, 'Delivery');

interface Behavior {
  readonly PathPattern?: string;
  readonly AllowedMethods?: readonly string[];
  readonly CachePolicyId: unknown;
  readonly OriginRequestPolicyId?: string;
  readonly ResponseHeadersPolicyId: { readonly Ref: string };
  readonly TargetOriginId: string;
  readonly ViewerProtocolPolicy: string;
  readonly FunctionAssociations?: unknown;
}
const distribution = only(delivery, 'AWS::CloudFront::Distribution').Properties['DistributionConfig'] as {
  readonly DefaultCacheBehavior: Behavior;
  readonly CacheBehaviors: readonly Behavior[];
  readonly CustomErrorResponses: unknown;
  readonly Origins: readonly Record<string, unknown>[];
  readonly OriginGroups: {
    readonly Items: readonly {
      readonly FailoverCriteria: { readonly StatusCodes: { readonly Items: readonly number[] } };
      readonly Members: { readonly Items: readonly { readonly OriginId: string }[] };
    }[];
  };
};
const behavior = (path: string) => {
  const found = distribution.CacheBehaviors.find(({ PathPattern }) => PathPattern === path);
  if (found === undefined) throw new Error(`nothing is served at ${path}`);
  return found;
};
const originOf = (path: string) => distribution.Origins.find(({ Id }) => Id === behavior(path).TargetOriginId);

describe('the distribution', () => {
  test('never keeps an error: a segment that is missing now is there in a moment', () => {
    expect(distribution.CustomErrorResponses).toEqual(
      [403, 404, 502, 503, 504].map((ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 0 })),
    );
  });

  test('reads both buckets by origin access control', () => {
    const [web, media] = resources(delivery, 'AWS::CloudFront::OriginAccessControl');
    expect([web, media].map((control) => control?.[1].Properties['OriginAccessControlConfig'])).toEqual(
      Array(2).fill(expect.objectContaining({ SigningBehavior: 'always', SigningProtocol: 'sigv4' })),
    );
    const origins = distribution.Origins.filter(({ S3OriginConfig }) => S3OriginConfig !== undefined);
    expect(new Set(origins.map(({ DomainName }) => JSON.stringify(DomainName))).size).toBe(2);
    for (const { OriginAccessControlId } of origins) expect(OriginAccessControlId).toBeDefined();
  });

  test('has no policy of a bucket in its stack', () => {
    expect(resources(delivery, 'AWS::S3::BucketPolicy')).toEqual([]);
  });

  test('keeps nothing of the API and passes on all but the host', () => {
    expect(behavior('/api/*')).toMatchObject({
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad', // Managed-CachingDisabled
      OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac', // Managed-AllViewerExceptHostHeader
    });
    expect(behavior('/api/*').AllowedMethods).toContain('PATCH');
  });

  test('shows the API its secret, which no template holds', () => {
    expect(JSON.stringify(originOf('/api/*')?.['OriginCustomHeaders'])).toMatch(
      /"HeaderName":"x-sluice-origin".*\{\{resolve:secretsmanager:/,
    );
  });

  test('keeps media by path alone, for as long as the objects say', () => {
    expect(behavior('/media/*').AllowedMethods).toEqual(['GET', 'HEAD', 'OPTIONS']);
    delivery.hasResourceProperties('AWS::CloudFront::CachePolicy', {
      CachePolicyConfig: {
        MinTTL: 0,
        MaxTTL: 31_536_000,
        ParametersInCacheKeyAndForwardedToOrigin: Match.objectLike({
          CookiesConfig: { CookieBehavior: 'none' },
          HeadersConfig: { HeaderBehavior: 'none' },
          QueryStringsConfig: { QueryStringBehavior: 'none' },
        }),
      },
    });
  });

  test('turns to the on-demand origin, by signed requests, for what the bucket does not have', () => {
    const [group] = distribution.OriginGroups.Items;
    expect(group?.FailoverCriteria.StatusCodes.Items).toEqual([403, 404, 500, 502, 503, 504]);
    const second = distribution.Origins.find(({ Id }) => Id === group?.Members.Items[1]?.OriginId);
    // It holds a request for 20 s.
    expect(second).toMatchObject({
      CustomOriginConfig: { OriginReadTimeout: 30 },
      OriginAccessControlId: expect.anything(),
    });
    delivery.hasResourceProperties('AWS::CloudFront::OriginAccessControl', {
      OriginAccessControlConfig: {
        OriginAccessControlOriginType: 'lambda',
        SigningBehavior: 'always',
        SigningProtocol: 'sigv4',
      },
    });
    // A function URL asks for both (Lambda Developer Guide, "Control access to Lambda function URLs").
    for (const Action of ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'])
      delivery.hasResourceProperties('AWS::Lambda::Permission', { Action, Principal: 'cloudfront.amazonaws.com' });
  });

  test('is the only one whom a function URL answers', () => {
    const all = Object.values(prod).flatMap((template) => resources(template));
    const urls = all.filter(([, { Type }]) => Type === 'AWS::Lambda::Url');
    expect(urls.map(([, { Properties }]) => Properties['AuthType'])).toEqual(['AWS_IAM']);
    const callers = all
      .filter(([, { Type }]) => Type === 'AWS::Lambda::Permission')
      .filter(([, { Properties }]) => Properties['Action'] === 'lambda:InvokeFunctionUrl')
      .map(([, { Properties }]) => [Properties['Principal'], JSON.stringify(Properties['SourceArn'])]);
    expect(callers).toEqual([['cloudfront.amazonaws.com', expect.stringContaining(':distribution/')]]);
  });

  test('keeps what MediaConvert has made for good, before the rule for all media, and asks nobody else for it', () => {
    const paths = distribution.CacheBehaviors.map(({ PathPattern }) => PathPattern);
    expect(paths).toEqual(['/api/*', '/media/*/mediaconvert/*', '/media/*']);
    expect(originOf('/media/*/mediaconvert/*')?.['S3OriginConfig']).toBeDefined();
    delivery.hasResourceProperties('AWS::CloudFront::CachePolicy', {
      CachePolicyConfig: { Comment: 'By path alone, for good', MinTTL: 0, DefaultTTL: 31_536_000 },
    });
  });

  test('has nobody keep an answer about media that does not say how long it holds', () => {
    delivery.hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', {
      ResponseHeadersPolicyConfig: {
        CustomHeadersConfig: { Items: [{ Header: 'Cache-Control', Value: 'no-store', Override: false }] },
      },
    });
  });

  test('serves nothing over plain http', () => {
    for (const { ViewerProtocolPolicy } of [distribution.DefaultCacheBehavior, ...distribution.CacheBehaviors]) {
      expect(ViewerProtocolPolicy).toBe('redirect-to-https');
    }
  });

  test('rewrites pages, tells the API who asks, and leaves media alone', () => {
    expect(JSON.stringify(distribution.DefaultCacheBehavior.FunctionAssociations)).toContain('"ViewerRequest');
    const [toApi, ...media] = distribution.CacheBehaviors;
    expect(JSON.stringify(toApi?.FunctionAssociations)).toContain('"ApiRequest');
    for (const { FunctionAssociations } of media) expect(FunctionAssociations).toBeUndefined();
  });
});

describe('the firewall', () => {
  interface RateRule {
    readonly Name: string;
    readonly Action?: unknown;
    readonly Statement: {
      readonly RateBasedStatement?: { readonly Limit: number; readonly ScopeDownStatement?: unknown };
    };
  }
  const { Rules } = only(delivery, 'AWS::WAFv2::WebACL').Properties as { Rules: RateRule[] };
  const rates = new Map(
    Rules.flatMap(({ Name, Statement: { RateBasedStatement: rate } }) => (rate ? [[Name, rate]] : [])),
  );

  test('blocks an address that asks too often, the sooner the more it may do harm', () => {
    const limits = ['requests-per-address', 'writes-per-address', 'auth-per-address'].map(
      (name) => rates.get(name)?.Limit,
    );
    expect(limits).toEqual([10_000, 5_000, 500]);
    for (const { Name, Action } of Rules) if (rates.has(Name)) expect(Action).toEqual({ Block: {} });
  });

  test('tells writes by path and method, and what can be guessed at by path', () => {
    const path = (SearchString: string) => ({
      ByteMatchStatement: expect.objectContaining({
        FieldToMatch: { UriPath: {} },
        PositionalConstraint: 'STARTS_WITH',
        SearchString,
      }),
    });
    expect(rates.get('requests-per-address')?.ScopeDownStatement).toBeUndefined();
    expect(rates.get('auth-per-address')?.ScopeDownStatement).toEqual(path('/api/auth/'));
    expect(rates.get('writes-per-address')?.ScopeDownStatement).toEqual({
      AndStatement: {
        Statements: [
          path('/api/'),
          {
            RegexMatchStatement: expect.objectContaining({
              FieldToMatch: { Method: {} },
              RegexString: '^(POST|PUT|PATCH|DELETE)$',
            }),
          },
        ],
      },
    });
  });
});

describe('the content security policy', () => {
  const policy = contentSecurityPolicy('https://uploads.example');

  test('lets pages run their own scripts only', () => {
    expect(policy).toContain("script-src 'self';");
  });

  test('lets the player play from memory, and parts go to the bucket', () => {
    expect(policy).toContain("media-src 'self' blob:");
    expect(policy).toContain("connect-src 'self' https://uploads.example");
  });

  test('lets nothing run in what is no page', () => {
    const policies = delivery.findResources('AWS::CloudFront::ResponseHeadersPolicy', {
      Properties: {
        ResponseHeadersPolicyConfig: {
          SecurityHeadersConfig: {
            ContentSecurityPolicy: { Override: true, ContentSecurityPolicy: dataSecurityPolicy },
          },
        },
      },
    });
    const used = distribution.CacheBehaviors.map((behavior) => behavior.ResponseHeadersPolicyId.Ref);
    expect(new Set(used)).toEqual(new Set(Object.keys(policies)));
  });

  test('is sent with every page', () => {
    expect(JSON.stringify(only(delivery, 'AWS::CloudFront::Distribution'))).toContain('SiteHeaders');
    delivery.hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', {
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig: {
          ContentSecurityPolicy: {
            Override: true,
            ContentSecurityPolicy: {
              'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('https://sluice-prod-uploads-')])],
            },
          },
          StrictTransportSecurity: Match.objectLike({ AccessControlMaxAgeSec: 31_536_000 }),
        },
      },
    });
  });
});

describe('the viewer-request function', () => {
  const context = createContext({});
  runInContext(readFileSync(join(root, 'lib/functions/viewer-request.js'), 'utf8'), context);
  const served = (uri: string) =>
    runInContext(`handler({ request: { uri: ${JSON.stringify(uri)} } }).uri`, context) as string;

  test.each(['/', '/studio', '/watch/01JD0000000000000000000000', '/studio/'])('%s is a page of the app', (uri) => {
    expect(served(uri)).toBe('/index.html');
  });

  test.each(['/assets/index-abc123.js', '/favicon.svg', '/index.html'])('%s is a file', (uri) => {
    expect(served(uri)).toBe(uri);
  });
});

test("the API gets the viewer's address from the distribution, whatever the viewer says it is", () => {
  const context = createContext({});
  runInContext(readFileSync(join(root, 'lib/functions/api-request.js'), 'utf8'), context);
  const request = {
    uri: '/api/me',
    headers: { 'x-sluice-viewer-address': { value: '6.6.6.6' }, accept: { value: '*/*' } },
  };
  const event = { viewer: { ip: '203.0.113.9' }, request };
  expect(runInContext(`handler(${JSON.stringify(event)})`, context)).toEqual({
    ...request,
    headers: { accept: { value: '*/*' }, 'x-sluice-viewer-address': { value: '203.0.113.9' } },
  });
});

test('an older web app stays for the pages that are open, and the page itself is always asked for again', () => {
  const deployments = resources(stack(prod, 'Web'), 'Custom::CDKBucketDeployment').map(
    ([, { Properties }]) => Properties,
  );
  expect(deployments.map(({ Prune }) => Prune)).toEqual([false, false]);
  expect(deployments.map(({ SystemMetadata }) => SystemMetadata)).toEqual([
    { 'cache-control': 'public, max-age=31536000, immutable' },
    { 'cache-control': 'no-cache' },
  ]);
});
