import type { Stack } from 'aws-cdk-lib';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Environment } from '../../config/environment.ts';

const seen = (metricName: string) => ({ cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName });

const managed = (priority: number, name: string, counted: readonly string[] = []): CfnWebACL.RuleProperty => ({
  name,
  priority,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name,
      ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
    },
  },
  visibilityConfig: seen(name),
});

/** Blocks an address that asks more often than `limit` in five minutes, of what `scopeDown` says or of everything. */
const rate = (
  priority: number,
  name: string,
  limit: number,
  scopeDownStatement?: CfnWebACL.StatementProperty,
): CfnWebACL.RuleProperty => ({
  name,
  priority,
  action: { block: {} },
  statement: {
    rateBasedStatement: {
      aggregateKeyType: 'IP',
      limit,
      evaluationWindowSec: 300,
      ...(scopeDownStatement && { scopeDownStatement }),
    },
  },
  visibilityConfig: seen(name),
});

/** Decoded and without dot segments, as the API sees it. */
const pathBeginsWith = (searchString: string): CfnWebACL.StatementProperty => ({
  byteMatchStatement: {
    fieldToMatch: { uriPath: {} },
    positionalConstraint: 'STARTS_WITH',
    searchString,
    textTransformations: [
      { priority: 0, type: 'URL_DECODE' },
      { priority: 1, type: 'NORMALIZE_PATH' },
    ],
  },
});

const mayWrite: CfnWebACL.StatementProperty = {
  regexMatchStatement: {
    fieldToMatch: { method: {} },
    regexString: '^(POST|PUT|PATCH|DELETE)$',
    textTransformations: [{ priority: 0, type: 'NONE' }],
  },
};

/** AWS WAF before the distribution: one address cannot ask without end, and what is known to be bad is turned away. */
export const firewall = (stack: Stack, id: string, per5Minutes: NonNullable<Environment['firewall']>) =>
  new CfnWebACL(stack, 'Firewall', {
    description: `Sluice ${id}`,
    scope: 'CLOUDFRONT',
    defaultAction: { allow: {} },
    visibilityConfig: seen('firewall'),
    rules: [
      rate(0, 'requests-per-address', per5Minutes.requestsPerAddressPer5Minutes),
      rate(1, 'writes-per-address', per5Minutes.writesPerAddressPer5Minutes, {
        andStatement: { statements: [pathBeginsWith('/api/'), mayWrite] },
      }),
      rate(2, 'auth-per-address', per5Minutes.authPerAddressPer5Minutes, pathBeginsWith('/api/auth/')),
      managed(3, 'AWSManagedRulesAmazonIpReputationList'),
      // The completion of an upload names the checksum of each of up to 10,000 parts: half a megabyte, which this counts
      // as too long a body. Only counted; the schemas of the routes bound every body.
      managed(4, 'AWSManagedRulesCommonRuleSet', ['SizeRestrictions_BODY']),
      managed(5, 'AWSManagedRulesKnownBadInputsRuleSet'),
    ],
  });
