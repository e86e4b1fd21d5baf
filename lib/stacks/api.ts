import { CfnOutput, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { type CfnStage, HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { Route } from '../../domain/api/route.ts';
import type { Environment } from '../config/environment.ts';
import { minutes } from '../constructs/alarms.ts';
import { limitsTable } from './api/limits-table.ts';
import type { Service } from './api/service.ts';
import { services } from './api/services.ts';
import type { IdentityStack } from './identity.ts';
import type { ProcessingStack } from './processing.ts';
import type { StorageStack } from './storage.ts';

export interface ApiProps extends StackProps {
  readonly config: Environment;
  readonly storage: StorageStack;
  readonly identity: IdentityStack;
  readonly processing: ProcessingStack;
}

/** For what no route takes: the gateway itself answers it, cheaply. */
const defaultThrottle = { ratePerSecond: 100, burst: 200 };

/** One metric over all services. */
const uncounted = ({ id }: Environment) => ({ metricNamespace: `Sluice/${id}`, metricName: 'UncountedRequests' });
const uncountedRequests = (config: Environment) => {
  const { metricNamespace: namespace, metricName } = uncounted(config);
  return new Metric({ namespace, metricName, statistic: 'Sum', ...minutes(5) });
};

const apiPath = (route: Route) => `/api${route.path}`;
const routeKey = (route: Route) => `${route.method} ${apiPath(route)}`;

/** The HTTP API: the routes of every service's registry, each with its own throttle. */
export class ApiStack extends Stack {
  readonly api: HttpApi;
  /** What the distribution sends along with each request, so that nothing else is served. */
  readonly originSecret: Secret;

  constructor(scope: Construct, id: string, { config, storage, identity, processing, ...props }: ApiProps) {
    super(scope, id, props);

    this.originSecret = new Secret(this, 'OriginSecret', {
      description: `Sluice ${config.id}: header by which the API knows the distribution`,
      generateSecretString: { passwordLength: 48, excludePunctuation: true },
    });
    Validations.of(this.originSecret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'Rotated by hand, since the distribution must take up the new value: docs/runbook.md, "The origin secret". The guard accepts the previous value meanwhile (lambdas/shared/origin-guard.ts).',
    });

    this.api = new HttpApi(this, 'HttpApi', {
      description: `Sluice ${config.id}`,
      // The stage below has the throttles and the log.
      createDefaultStage: false,
    });
    const parts = { config, storage, identity, processing, originSecret: this.originSecret };
    const offered = services(this, { ...parts, limits: limitsTable(this) });
    for (const service of offered) {
      this.#addRoutes(service);
      this.#countUncounted(config, service);
    }
    const stage = this.#addStage(config, offered);

    processing.alarms.raise(this, 'api-errors', {
      // The average is the share of requests. Three periods: one failure among a night's few requests wakes nobody.
      metric: stage.metricServerError({ statistic: 'Average', ...minutes(5) }),
      above: 0.01,
      periods: 3,
    });
    processing.alarms.raise(this, 'api-slow', {
      metric: stage.metricLatency({ statistic: 'p99', ...minutes(5) }),
      above: 2000,
      periods: 6,
    });

    processing.alarms.raise(this, 'limits-unknown', {
      metric: uncountedRequests(config),
      above: 10,
      periods: 3,
    });

    new CfnOutput(this, 'ApiEndpoint', { value: config.apiEndpoint.replace('{apiId}', this.api.apiId) });
    new CfnOutput(this, 'OriginSecretArn', { value: this.originSecret.secretArn });
  }

  #addRoutes({ name, routes, lambda }: Service): void {
    // One permission for the whole API: one for each route would outgrow the size of a function's policy.
    const integration = new HttpLambdaIntegration(`${name}Integration`, lambda, { scopePermissionToRoute: false });
    for (const [routeName, route] of Object.entries(routes)) {
      const [made] = this.api.addRoutes({ path: apiPath(route), methods: [HttpMethod[route.method]], integration });
      if (made === undefined) throw new Error(`no route was made for ${routeKey(route)}`);
      Validations.of(made).acknowledge({
        id: 'AwsSolutions-APIG4',
        reason: `Route ${routeName}, access "${route.access.kind}": the function decides by the registry (domain/access/policy.ts), with one read of session and person that a gateway authorizer cannot make.`,
      });
    }
  }

  /** Requests that a service let through because it could not count them. */
  #countUncounted(config: Environment, { name, lambda }: Service): void {
    new MetricFilter(this, `${name}Uncounted`, {
      logGroup: lambda.logGroup,
      filterPattern: FilterPattern.exists('$.limitsUnknown'),
      ...uncounted(config),
    });
  }

  #addStage(config: Environment, offered: readonly Service[]): HttpStage {
    const log = new LogGroup(this, 'AccessLog', { retention: config.retention.logDays });
    const stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: defaultThrottle.ratePerSecond, burstLimit: defaultThrottle.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(log),
        // No query strings and no headers: a log is no place for what a person sends.
        format: AccessLogFormat.custom(
          JSON.stringify({
            requestId: '$context.requestId',
            time: '$context.requestTimeEpoch',
            routeKey: '$context.routeKey',
            status: '$context.status',
            ip: '$context.identity.sourceIp',
            latencyMs: '$context.responseLatency',
            integrationLatencyMs: '$context.integrationLatency',
            integrationError: '$context.integrationErrorMessage',
          }),
        ),
      },
    });
    const cfnStage = stage.node.defaultChild as CfnStage;
    cfnStage.routeSettings = Object.fromEntries(
      offered
        .flatMap(({ routes }) => Object.values(routes))
        .map((route) => [
          routeKey(route),
          {
            ThrottlingRateLimit: route.throttle.ratePerSecond,
            ThrottlingBurstLimit: route.throttle.burst,
          },
        ]),
    );
    // Settings of a route that does not exist yet are refused.
    for (const child of this.api.node.children) stage.node.addDependency(child);
    return stage;
  }
}
