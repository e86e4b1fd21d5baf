import { Duration } from 'aws-cdk-lib';
import { type EventPattern, Rule, type RuleProps, type Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as Target } from 'aws-cdk-lib/aws-events-targets';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Construct } from 'constructs';
import type * as z from 'zod';
import type { AlarmName, Alarms } from './alarms.ts';
import { lostQueue } from './lost.ts';
import { ServiceFunction, type ServiceFunctionProps } from './service-function.ts';

export interface EventListenerProps<Schema extends z.ZodType>
  extends Omit<ServiceFunctionProps<Schema>, 'afterFailure'> {
  readonly alarms: Alarms;
  /** Tells of events that were given up. */
  readonly alarm: AlarmName;
  /** The account's own, if there is none. */
  readonly eventBus?: NonNullable<RuleProps['eventBus']>;
  readonly eventPattern: EventPattern;
  /** When it is called besides, to go through what is due. */
  readonly schedule?: Schedule;
}

/**
 * A function that does what an event asks for and nothing else would do later. Lambda tries a call that fails three times,
 * all within three minutes; EventBridge tries for an hour to have it called. What is given up by either is kept, so that an
 * operator can send it again (docs/runbook.md, "Events that were given up").
 */
export class EventListener<Schema extends z.ZodType> extends Construct {
  constructor(scope: Construct, id: string, props: EventListenerProps<Schema>) {
    super(scope, id);
    const { alarms, alarm, eventBus, eventPattern, schedule, ...rest } = props;
    const lost = lostQueue(
      this,
      alarms,
      alarm,
      `${id}-lost`,
      'it is sent again by hand, and repeating it does no harm.',
    );
    const { lambda } = new ServiceFunction(this, 'Listener', {
      ...rest,
      afterFailure: `What is given up lies in the queue Lost beside it, and the alarm ${alarm} tells.`,
    });
    lambda.configureAsyncInvoke({
      retryAttempts: 2,
      maxEventAge: Duration.hours(1),
      onFailure: new SqsDestination(lost),
    });
    const target = new Target(lambda, { retryAttempts: 8, maxEventAge: Duration.hours(1), deadLetterQueue: lost });
    new Rule(this, 'Events', { ...(eventBus && { eventBus }), eventPattern }).addTarget(target);
    if (schedule) new Rule(this, 'Rule', { schedule }).addTarget(target);
  }
}
