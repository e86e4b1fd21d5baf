import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import {
  AssetHashType,
  Aws,
  DockerImage,
  Duration,
  RemovalPolicy,
  Stack,
  type StackProps,
  Validations,
} from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, type ISource, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import type { Environment } from '../config/environment.ts';
import { bucketArn, bucketName } from '../config/names.ts';
import { root } from '../constructs/bundle.ts';
import { allow } from '../constructs/permissions.ts';
import type { DeliveryStack } from './delivery.ts';

export interface WebProps extends StackProps {
  readonly config: Environment;
  readonly delivery: DeliveryStack;
}

/** The web app, built from source when this stack is deployed. */
export class WebStack extends Stack {
  constructor(scope: Construct, id: string, { config, delivery, ...props }: WebProps) {
    super(scope, id, props);
    const logGroup = new LogGroup(this, 'Log', {
      retention: config.retention.logDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const usual = {
      sources: [builtApp()],
      destinationBucket: Bucket.fromBucketName(this, 'Bucket', bucketName(config, 'web')),
      memoryLimit: 512,
      logGroup,
      role: this.#role(config, delivery, logGroup),
      // Pages that are open ask for the files of the version they were loaded from; the bucket keeps them.
      prune: false,
    };
    // Named by their content.
    const assets = new BucketDeployment(this, 'Assets', {
      ...usual,
      exclude: ['*'],
      include: ['assets/*'],
      cacheControl: [CacheControl.setPublic(), CacheControl.maxAge(Duration.days(365)), CacheControl.immutable()],
    });
    const pages = new BucketDeployment(this, 'Pages', {
      ...usual,
      exclude: ['assets/*'],
      cacheControl: [CacheControl.noCache()],
      distribution: delivery.distribution,
      distributionPaths: ['/*'],
    });
    // The page names its assets: they go first.
    pages.node.addDependency(assets);
    this.#acknowledgeCopier();
  }

  /** The library's own grants go by wildcards; this role takes none of them and lists what the copying function does. */
  #role(config: Environment, { distribution }: DeliveryStack, log: LogGroup) {
    const role = new Role(this, 'CopyRole', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const assetBucket = `arn:${Aws.PARTITION}:s3:::cdk-hnb659fds-assets-${Aws.ACCOUNT_ID}-${config.region}`;
    allow(role, [
      { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [log.logGroupArn] },
      { actions: ['s3:ListBucket'], resources: [assetBucket, bucketArn(config, 'web')] },
      {
        actions: ['s3:GetObject'],
        resources: [`${assetBucket}/*`],
        because: 'The built app is one archive in the bucket of cdk bootstrap, under the hash of its content.',
      },
      {
        actions: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'],
        resources: [`${bucketArn(config, 'web')}/*`],
        because: 'The files of the app are all that is in this bucket, and this writes all of them.',
      },
      {
        actions: ['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation'],
        resources: [`arn:${Aws.PARTITION}:cloudfront::${Aws.ACCOUNT_ID}:distribution/${distribution.distributionId}`],
      },
    ]);
    return role.withoutPolicyUpdates();
  }

  /** The function that copies is the library's. */
  #acknowledgeCopier(): void {
    for (const copier of this.node.children.filter((child) =>
      child.node.id.startsWith('Custom::CDKBucketDeployment'),
    )) {
      const runtime = 'The function and its runtime come with aws-cdk-lib, and move with it.';
      const waited = 'CloudFormation calls it and waits for its answer: a failure fails the deployment.';
      Validations.of(copier).acknowledge(
        { id: 'AwsSolutions-L1', reason: runtime },
        { id: 'Serverless-LambdaLatestVersion', reason: runtime },
        { id: 'Serverless-LambdaTracing', reason: runtime },
        { id: 'Serverless-LambdaDLQ', reason: waited },
      );
    }
  }
}

const builtApp = (): ISource =>
  Source.asset(join(root, 'web'), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('scratch'),
      local: {
        tryBundle(outputDir) {
          const vite = [join(root, 'node_modules/vite/bin/vite.js'), 'build', join(root, 'web')];
          execFileSync(process.execPath, [...vite, '--outDir', outputDir, '--emptyOutDir', '--logLevel', 'warn'], {
            cwd: root,
            stdio: 'inherit',
          });
          return true;
        },
      },
    },
  });
