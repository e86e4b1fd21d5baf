import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type * as z from 'zod';
import type { Environment } from '../config/environment.ts';
import { bundled, type Entry } from './bundle.ts';
import { acknowledgeWildcards, allow, type Permission } from './permissions.ts';

/** The variables that a schema asks for: one missing, or one too many, does not compile. */
export type VariablesOf<Schema extends z.ZodType> = { readonly [Name in keyof z.input<Schema>]: string };

export interface ServiceFunctionProps<Schema extends z.ZodType> {
  readonly config: Environment;
  /** The handler's file. */
  readonly entry: Entry;
  readonly description: string;
  /** The handler's own schema of its environment. */
  readonly schema: Schema;
  readonly environment: VariablesOf<Schema>;
  readonly timeoutSeconds: number;
  /** Calls at once at the most, which are kept for it; of a function that has no bound of its own they may come to be all of the account's. */
  readonly atOnce?: number | undefined;
  /** Also sets the share of a CPU: 1,769 MB are one. */
  readonly memoryMb: number;
  /** Who does the work of a call that failed, for none is kept in a queue of its own. */
  readonly afterFailure: string;
  /** All that its role may do, beyond writing its log. */
  readonly permissions: readonly Permission[];
}

/** A Lambda function of ours: Node 24 on arm64, bundled, traced, with a log that forgets and a role of its own. */
export class ServiceFunction<Schema extends z.ZodType> extends Construct {
  readonly lambda: LambdaFunction;
  readonly afterFailure: string;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps<Schema>) {
    super(scope, id);
    const { config, afterFailure } = props;
    this.afterFailure = afterFailure;

    const logGroup = new LogGroup(this, 'Log', {
      retention: config.retention.logDays,
      removalPolicy: config.isProtected ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    allow(role, [
      { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] },
      ...props.permissions,
    ]);
    acknowledgeWildcards(
      role,
      ['*'],
      'xray:PutTraceSegments and PutTelemetryRecords know no resources; the tracing of a function adds them.',
    );

    this.lambda = new LambdaFunction(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: bundled(props.entry),
      handler: 'index.handler',
      role,
      logGroup,
      tracing: Tracing.ACTIVE,
      timeout: Duration.seconds(props.timeoutSeconds),
      memorySize: props.memoryMb,
      ...(props.atOnce !== undefined && { reservedConcurrentExecutions: props.atOnce }),
      environment: {
        ...props.environment,
        NODE_OPTIONS: '--enable-source-maps',
        POWERTOOLS_SERVICE_NAME: id.toLowerCase(),
      },
    });
    Validations.of(this.lambda).acknowledge({ id: 'Serverless-LambdaDLQ', reason: afterFailure });
  }
}
