import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import {
  FlowLogDestination,
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  type IVpc,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Environment } from '../../config/environment.ts';
import { bucketArn } from '../../config/names.ts';

/** The services that a worker, its image and its log need. */
const services = {
  sqs: InterfaceVpcEndpointAwsService.SQS,
  states: InterfaceVpcEndpointAwsService.STEP_FUNCTIONS,
  events: InterfaceVpcEndpointAwsService.EVENTBRIDGE,
  kms: InterfaceVpcEndpointAwsService.KMS,
  ecrApi: InterfaceVpcEndpointAwsService.ECR,
  ecrDocker: InterfaceVpcEndpointAwsService.ECR_DOCKER,
  logs: InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS,
};

/**
 * A network without a way out: isolated subnets, no internet gateway, no NAT, endpoints for what workers need and
 * nothing else. A hostile file that takes over its decoder can reach nobody.
 */
export class IsolatedNetwork extends Construct {
  readonly vpc: IVpc;
  /** Of the workers. */
  readonly securityGroup: SecurityGroup;

  constructor(scope: Construct, id: string, config: Environment) {
    super(scope, id);
    this.vpc = new Vpc(this, 'Vpc', {
      maxAzs: config.workers.zones,
      natGateways: 0,
      subnetConfiguration: [{ name: 'isolated', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 20 }],
      // Nothing is in the default security group; emptying it would take a custom resource with a function.
      restrictDefaultSecurityGroup: false,
      // To the library's declarations a Vpc is not quite an IVpc under exactOptionalPropertyTypes.
    }) as IVpc;
    this.#logFlows(config);

    this.securityGroup = new SecurityGroup(this, 'Workers', {
      vpc: this.vpc,
      description: 'Media workers',
      allowAllOutbound: false,
    });
    const endpoints = new SecurityGroup(this, 'Endpoints', {
      vpc: this.vpc,
      description: 'Interface endpoints, for workers alone',
      allowAllOutbound: false,
    });
    endpoints.addIngressRule(this.securityGroup, Port.tcp(443), 'HTTPS from workers');
    this.securityGroup.addEgressRule(endpoints, Port.tcp(443), 'HTTPS to the interface endpoints');
    // Gateway endpoints are routes to public addresses; the routes lead nowhere else.
    this.securityGroup.addEgressRule(
      Peer.anyIpv4(),
      Port.tcp(443),
      'HTTPS to S3 and DynamoDB by their gateway endpoints',
    );

    for (const [name, service] of Object.entries(services)) {
      this.vpc.addInterfaceEndpoint(name, { service, securityGroups: [endpoints], open: false });
    }
    this.vpc.addGatewayEndpoint('dynamodb', { service: GatewayVpcEndpointAwsService.DYNAMODB });
    this.#ownBucketsOnly(config);
  }

  /** S3 holds buckets of strangers too: by default its endpoint is a way out for anything that can write to one. */
  #ownBucketsOnly(config: Environment): void {
    const s3 = this.vpc.addGatewayEndpoint('s3', { service: GatewayVpcEndpointAwsService.S3 });
    const objects = (['uploads', 'media'] as const).flatMap((purpose) => [
      bucketArn(config, purpose),
      `${bucketArn(config, purpose)}/*`,
    ]);
    s3.addToPolicy(
      new PolicyStatement({
        principals: [new AnyPrincipal()],
        actions: ['s3:GetObject', 's3:PutObject', 's3:ListBucket', 's3:AbortMultipartUpload'],
        resources: objects,
      }),
    );
    // Where ECR keeps the layers of images (Amazon ECR User Guide, "Create the Amazon S3 gateway endpoint").
    s3.addToPolicy(
      new PolicyStatement({
        principals: [new AnyPrincipal()],
        actions: ['s3:GetObject'],
        resources: [`arn:${Aws.PARTITION}:s3:::prod-${config.region}-starport-layer-bucket/*`],
      }),
    );
  }

  #logFlows(config: Environment): void {
    const log = new LogGroup(this, 'FlowLog', {
      retention: config.retention.logDays,
      removalPolicy: config.isProtected ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'FlowLogRole', { assumedBy: new ServicePrincipal('vpc-flow-logs.amazonaws.com') });
    this.vpc.addFlowLog('flows', { destination: FlowLogDestination.toCloudWatchLogs(log, role) });
  }
}
