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

/** AWS WAF before the distribution: one address cannot ask without end, and what is known to be bad is turned away. */
export const firewall = (
  stack: Stack,
  id: string,
  { requestsPerAddressPer5Minutes }: NonNullable<Environment['firewall']>,
) =>
  new CfnWebACL(stack, 'Firewall', {
    description: `Sluice ${id}`,
    scope: 'CLOUDFRONT',
    defaultAction: { allow: {} },
    visibilityConfig: seen('firewall'),
    rules: [
      {
        name: 'requests-per-address',
        priority: 0,
        action: { block: {} },
        statement: {
          rateBasedStatement: {
            aggregateKeyType: 'IP',
            limit: requestsPerAddressPer5Minutes,
            evaluationWindowSec: 300,
          },
        },
        visibilityConfig: seen('requests-per-address'),
      },
      managed(1, 'AWSManagedRulesAmazonIpReputationList'),
      // The completion of an upload names the checksum of each of up to 10,000 parts: half a megabyte, which this counts
      // as too long a body. Only counted; the schemas of the routes bound every body.
      managed(2, 'AWSManagedRulesCommonRuleSet', ['SizeRestrictions_BODY']),
      managed(3, 'AWSManagedRulesKnownBadInputsRuleSet'),
    ],
  });
