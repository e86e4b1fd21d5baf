import { ArnFormat, Stack, type StackProps } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmStatusWidget,
  AlarmWidget,
  Dashboard,
  GraphWidget,
  Metric,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Environment } from '../config/environment.ts';
import { minutes } from '../constructs/alarms.ts';
import { backlogOf } from './processing/backlog.ts';
import type { ProcessingStack } from './processing.ts';

export interface OperationsProps extends StackProps {
  readonly config: Environment;
  readonly processing: ProcessingStack;
}

/** A dashboard has 24 columns: three widgets in a row. */
const size = { width: 8, height: 5 };

/**
 * What somebody on call opens first: the state of every alarm, and the figure of each that pages against its threshold. Made of
 * what the stacks before it have raised, so it comes last and nobody adds to it.
 */
export class OperationsStack extends Stack {
  constructor(scope: Construct, id: string, { config, processing, ...props }: OperationsProps) {
    super(scope, id, props);
    const raised = processing.alarms.raised.map(({ name, severity }) => ({ severity, alarm: this.#named(name), name }));
    const of = (severity: string) => raised.filter((one) => one.severity === severity);
    const dashboard = new Dashboard(this, 'Dashboard', { dashboardName: `sluice-${config.id}` });
    dashboard.addWidgets(
      new TextWidget({
        markdown: `What each alarm means, how to look and how to mend: \`docs/runbook.md\`, by its name.`,
        width: 24,
        height: 1,
      }),
    );
    for (const severity of ['page', 'ticket'] as const)
      dashboard.addWidgets(
        new AlarmStatusWidget({
          title: severity,
          alarms: of(severity).map(({ alarm }) => alarm),
          width: 24,
          height: 4,
        }),
      );
    dashboard.addWidgets(
      new GraphWidget({
        ...size,
        title: 'Work that waits and runs, processor seconds',
        left: [new Metric({ ...backlogOf(config), statistic: 'Average', ...minutes(1) })],
      }),
      ...of('page').map(({ name, alarm }) => new AlarmWidget({ ...size, title: name, alarm })),
    );
  }

  /** By name: a reference would tie this stack to every other. */
  #named(name: string) {
    const arn = {
      service: 'cloudwatch',
      resource: 'alarm',
      resourceName: name,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    };
    return Alarm.fromAlarmArn(this, name, this.formatArn(arn));
  }
}
