import { Duration } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventSourceMapping, FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import type * as z from 'zod';
import { type Alarms, minutes } from './alarms.ts';
import { lostQueue } from './lost.ts';
import type { Permission } from './permissions.ts';
import { ServiceFunction, type ServiceFunctionProps } from './service-function.ts';

export interface StreamListenerProps<Schema extends z.ZodType> extends ServiceFunctionProps<Schema> {
  readonly table: TableV2;
  readonly alarms: Alarms;
  /** A filter of the records' keys: those that it does not let through wake nobody. */
  readonly only?: Readonly<Record<string, unknown>>;
  /** Changes gathered before the function is called. */
  readonly gatherSeconds: number;
}

/** The stream of a table, as far as a table has one. */
function streamOf(table: TableV2): string {
  if (table.tableStreamArn === undefined) throw new Error(`${table.node.path} has no stream`);
  return table.tableStreamArn;
}

const mayRead = (table: TableV2): Permission => ({
  actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
  resources: [streamOf(table)],
});

/**
 * A function that follows a table. A batch that fails is tried again in halves, until what cannot be taken is alone; that
 * goes to a queue after a day at most, and the others go on.
 */
export class StreamListener<Schema extends z.ZodType> extends Construct {
  constructor(scope: Construct, id: string, props: StreamListenerProps<Schema>) {
    super(scope, id);
    const { table, alarms, only, gatherSeconds, ...rest } = props;
    const lost = lostQueue(this, alarms, 'catalogue-failing', `${id}-lost`, 'the view is made anew.');
    const { lambda } = new ServiceFunction(this, 'Listener', {
      ...rest,
      permissions: [...rest.permissions, mayRead(table)],
    });
    new EventSourceMapping(this, 'Stream', {
      target: lambda,
      eventSourceArn: streamOf(table),
      // From the beginning: a view that is deployed later misses nothing of the last day.
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      maxBatchingWindow: Duration.seconds(gatherSeconds),
      bisectBatchOnError: true,
      retryAttempts: 20,
      maxRecordAge: Duration.days(1),
      parallelizationFactor: 4,
      onFailure: new SqsDlq(lost),
      ...(only && { filters: [FilterCriteria.filter({ dynamodb: { Keys: only } })] }),
    });
    alarms.raise(
      this,
      'catalogue-failing',
      {
        metric: lambda.metricErrors({ statistic: 'Sum', ...minutes(5) }),
        above: 0,
        periods: 3,
      },
      id,
    );
  }
}
