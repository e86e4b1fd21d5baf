import {
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { awsConfig } from './local-cloud.ts';

/** An event of an AWS service, as it comes to the account's bus. */
export interface ServiceEvent {
  readonly source: `aws.${string}`;
  readonly 'detail-type': string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * Brings an event of an AWS service to whom the deployed rules lead it. Only services may put such events onto a bus, so the
 * rules are asked whether they match, and their targets called as EventBridge calls them. Answers how many that were.
 */
export async function deliver(event: ServiceEvent): Promise<number> {
  const [bridge, lambda] = [new EventBridgeClient(awsConfig()), new LambdaClient(awsConfig())];
  const whole = {
    version: '0',
    id: '1234abcd-12ab-34cd-56ef-1234567890ab',
    account: '000000000000',
    time: new Date().toISOString().replace(/\.\d+/, ''),
    region: 'us-east-1',
    resources: [],
    ...event,
  };
  let called = 0;
  const { Rules = [] } = await bridge.send(new ListRulesCommand({ Limit: 100 }));
  for (const { Name, EventPattern } of Rules) {
    if (EventPattern === undefined) continue;
    const { Result } = await bridge.send(new TestEventPatternCommand({ EventPattern, Event: JSON.stringify(whole) }));
    if (!Result) continue;
    const { Targets = [] } = await bridge.send(new ListTargetsByRuleCommand({ Rule: Name }));
    for (const { Arn } of Targets) {
      const answer = await lambda.send(new InvokeCommand({ FunctionName: Arn, Payload: JSON.stringify(whole) }));
      if (answer.FunctionError) throw new Error(`${Name}: ${answer.Payload?.transformToString()}`);
      called++;
    }
  }
  return called;
}
