import { Duration, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import {
  type CapacityProviderStrategy,
  Cluster,
  ContainerImage,
  ContainerInsights,
  CpuArchitecture,
  FargateService,
  FargateTaskDefinition,
  type ICluster,
  LogDrivers,
  OperatingSystemFamily,
} from 'aws-cdk-lib/aws-ecs';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { env as workerEnv } from '../../worker/env.ts';
import type { Environment } from '../config/environment.ts';
import { minutes } from '../constructs/alarms.ts';
import { root } from '../constructs/bundle.ts';
import { acknowledgeWildcards, allow } from '../constructs/permissions.ts';
import type { VariablesOf } from '../constructs/service-function.ts';
import type { ProcessingStack } from './processing.ts';
import type { StorageStack } from './storage.ts';
import { IsolatedNetwork } from './workers/network.ts';
import { workerPermissions } from './workers/permissions.ts';
import { scaleOnBacklog } from './workers/scaling.ts';

export interface WorkersProps extends StackProps {
  readonly config: Environment;
  readonly storage: StorageStack;
  readonly processing: ProcessingStack;
}

/** Where the image has its tools, and the volume that it may write to (worker/Dockerfile). */
const tools = { FFMPEG: '/opt/media/ffmpeg', FFPROBE: '/opt/media/ffprobe', PACKAGER: '/opt/media/packager' };
const scratch = '/scratch';

/**
 * The fleet of media workers: Fargate on arm64, Spot above an on-demand base, as many as the backlog asks for; and on x86,
 * at the same queues, for when arm64 cannot be had.
 */
export class WorkersStack extends Stack {
  constructor(scope: Construct, id: string, { config, storage, processing, ...props }: WorkersProps) {
    super(scope, id, props);
    const { workers } = config;
    const network = new IsolatedNetwork(this, 'Network', config);
    const cluster = new Cluster(this, 'Cluster', {
      vpc: network.vpc,
      // Tasks that run and are desired, by service; what it says of each task and container besides costs by the task.
      containerInsightsV2: ContainerInsights.ENABLED,
      enableFargateCapacityProviders: true,
      // To the library's declarations a Cluster is not quite an ICluster under exactOptionalPropertyTypes.
    }) as ICluster;
    const means = this.#means(config, storage, processing, cluster.clusterName);
    const serviceOn = (scope: Construct, on: Machine, capacityProviderStrategies: CapacityProviderStrategy[]) =>
      new FargateService(scope, 'Service', {
        cluster,
        taskDefinition: task(scope, config, on, means),
        vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
        securityGroups: [network.securityGroup],
        assignPublicIp: false,
        capacityProviderStrategies,
        circuitBreaker: { enable: true, rollback: true },
        minHealthyPercent: 100,
        maxHealthyPercent: 200,
      });
    const service = serviceOn(this, arm64, [
      { capacityProvider: 'FARGATE', base: workers.onDemandBase, weight: 0 },
      { capacityProvider: 'FARGATE_SPOT', weight: 1 },
    ]);
    // On demand: it is for hours in which there is too little to be had, and Spot is what there is too little of first.
    const fallback =
      workers.fallback && serviceOn(new Construct(this, 'Fallback'), x86, [{ capacityProvider: 'FARGATE', weight: 1 }]);
    scaleOnBacklog(this, { config, cluster, service, fallback });

    if (workers.min === 0) return;
    processing.alarms.raise(this, 'workers-missing', {
      metric: new Metric({
        namespace: 'ECS/ContainerInsights',
        metricName: 'RunningTaskCount',
        dimensionsMap: { ClusterName: cluster.clusterName, ServiceName: service.serviceName },
        statistic: 'Maximum',
        ...minutes(1),
      }),
      below: workers.min,
      periods: 10,
      missingIsBad: true,
    });
  }

  /** What workers of every kind have in common. */
  #means(config: Environment, storage: StorageStack, processing: ProcessingStack, clusterName: string): Means {
    const log = new LogGroup(this, 'Log', { retention: config.retention.logDays });
    const taskRole = new Role(this, 'TaskRole', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
    allow(taskRole, workerPermissions(config, storage, processing, clusterName));
    const executionRole = new Role(this, 'ExecutionRole', {
      assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com'),
    });
    acknowledgeWildcards(
      executionRole,
      ['*'],
      'ecr:GetAuthorizationToken knows no resources; pulling the image needs it.',
    );
    const environment: VariablesOf<typeof workerEnv> = {
      ...processing.workerInfrastructure,
      ...tools,
      SCRATCH_DIR: scratch,
      BULK_SLOTS: String(config.workers.bulkSlots),
    };
    return { taskRole, executionRole, log, environment };
  }
}

interface Means {
  readonly taskRole: Role;
  readonly executionRole: Role;
  readonly log: LogGroup;
  readonly environment: VariablesOf<typeof workerEnv>;
}

/** What a task runs on; the image is made for each. */
interface Machine {
  readonly cpuArchitecture: CpuArchitecture;
  readonly platform: Platform;
}
const arm64: Machine = { cpuArchitecture: CpuArchitecture.ARM64, platform: Platform.LINUX_ARM64 };
const x86: Machine = { cpuArchitecture: CpuArchitecture.X86_64, platform: Platform.LINUX_AMD64 };

function task(scope: Construct, { workers }: Environment, on: Machine, means: Means): FargateTaskDefinition {
  const definition = new FargateTaskDefinition(scope, 'Task', {
    cpu: workers.cpuUnits,
    memoryLimitMiB: workers.memoryMiB,
    ephemeralStorageGiB: workers.scratchGiB,
    runtimePlatform: {
      cpuArchitecture: on.cpuArchitecture,
      operatingSystemFamily: OperatingSystemFamily.LINUX,
    },
    taskRole: means.taskRole,
    executionRole: means.executionRole,
    volumes: [{ name: 'scratch' }],
  });
  const container = definition.addContainer('Worker', {
    image: ContainerImage.fromAsset(root, { file: 'worker/Dockerfile', platform: on.platform }),
    environment: means.environment,
    readonlyRootFilesystem: true,
    user: '10001',
    // No init process before it: anything of the same user could read the environment of that one, and with it where the task
    // role's credentials are to be had (worker/Dockerfile). There is nothing to reap but what the worker has started itself.
    // The longest that Fargate gives, and what Spot gives: jobs in hand are handed back in it.
    stopTimeout: Duration.seconds(120),
    logging: LogDrivers.awsLogs({ streamPrefix: 'worker', logGroup: means.log }),
  });
  container.addMountPoints({ sourceVolume: 'scratch', containerPath: scratch, readOnly: false });
  Validations.of(definition).acknowledge({
    id: 'AwsSolutions-ECS2',
    reason: 'The variables are names and addresses of infrastructure, no secrets; credentials come from the task role.',
  });
  return definition;
}
