import { Duration, Validations } from 'aws-cdk-lib';
import { Rule, type RuleProps } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as Target } from 'aws-cdk-lib/aws-events-targets';
import type { ServiceFunction } from './service-function.ts';

/** The parts of a service function that do not depend on its schema. */
type Invoked = Pick<ServiceFunction<never>, 'lambda' | 'node' | 'afterFailure'>;

/**
 * Has EventBridge call a function of which nothing is lost when a call is: what it says (`afterFailure`) does the work later. Others are
 * event listeners.
 */
export function callByRule(
  { lambda, node, afterFailure }: Invoked,
  when: Pick<RuleProps, 'eventPattern' | 'schedule'>,
): void {
  const rule = new Rule(lambda.stack, `${node.id}Rule`, when);
  rule.addTarget(new Target(lambda, { retryAttempts: 8, maxEventAge: Duration.hours(1) }));
  lambda.configureAsyncInvoke({ retryAttempts: 2, maxEventAge: Duration.hours(1) });
  Validations.of(rule).acknowledge({ id: 'Serverless-EventBusDLQ', reason: afterFailure });
  Validations.of(lambda).acknowledge({ id: 'Serverless-LambdaAsyncFailureDestination', reason: afterFailure });
}
