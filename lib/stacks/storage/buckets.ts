import { Aws, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type CfnBucket,
  HttpMethods,
  type IBucket,
  type LifecycleRule,
  ObjectOwnership,
  StorageClass,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Environment } from '../../config/environment.ts';
import { type BucketPurpose, bucketName } from '../../config/names.ts';

/** S3 keeps parts of a multipart upload, at full price, until somebody ends it. */
const abandonedParts: LifecycleRule = { id: 'abandoned-parts', abortIncompleteMultipartUploadAfter: Duration.days(7) };

/** The buckets, private all of them, each with its one policy. */
export class Buckets extends Construct {
  /**
   * `sources/`: uploaded files, written once. `remuxed/`: sources that could not be sought in, made seekable. `peeks/`: heads
   * and tails of files on their way, and what is made of them. `logs/`: what the programs of failed tries said. `pictures/`:
   * posters as creators sent them. `exports/`: what is kept about a person, for them to fetch.
   */
  readonly uploads: IBucket;
  /** What viewers get. */
  readonly media: IBucket;
  /** The web app. */
  readonly web: IBucket;
  /** Access logs of the buckets and of the distribution. */
  readonly logs: IBucket;
  readonly #config: Environment;

  constructor(scope: Construct, id: string, config: Environment) {
    super(scope, id);
    this.#config = config;
    const superseded: LifecycleRule = {
      id: 'superseded',
      noncurrentVersionExpiration: Duration.days(config.retention.noncurrentDays),
      expiredObjectDeleteMarker: true,
    };

    this.logs = this.#bucket('logs', {
      lifecycleRules: [abandonedParts, { id: 'old-logs', expiration: Duration.days(config.retention.accessLogDays) }],
    });
    Validations.of(this.logs).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'This is the bucket of access logs; logging its own access would feed on itself.',
    });
    this.#acceptDistributionLogs();

    this.uploads = this.#bucket('uploads', {
      versioned: true,
      serverAccessLogsBucket: this.logs,
      serverAccessLogsPrefix: 's3/uploads/',
      lifecycleRules: [
        abandonedParts,
        superseded,
        // Read a lot in the hour of its processing, then next to never: S3 itself finds out when.
        {
          id: 'sources-cool',
          prefix: 'sources/',
          transitions: [{ storageClass: StorageClass.INTELLIGENT_TIERING, transitionAfter: Duration.days(0) }],
        },
        // Made from the source and read by one run, which ends within days.
        { id: 'remuxed', prefix: 'remuxed/', expiration: Duration.days(14) },
        // What failed tries said, for as long as other logs are kept.
        {
          id: 'try-logs',
          prefix: 'logs/',
          expiration: Duration.days(config.retention.logDays),
          noncurrentVersionExpiration: Duration.days(1),
        },
        // A shortcut to a run that begins when its upload ends; a slower upload does without.
        {
          id: 'peeks',
          prefix: 'peeks/',
          expiration: Duration.days(2),
          noncurrentVersionExpiration: Duration.days(1),
        },
        // A worker makes a poster of it within seconds; what was sent is of no use after that.
        {
          id: 'pictures',
          prefix: 'pictures/',
          expiration: Duration.days(2),
          noncurrentVersionExpiration: Duration.days(1),
        },
        // Copies of what is kept about people, each for the one person to fetch within a day.
        {
          id: 'exports',
          prefix: 'exports/',
          expiration: Duration.days(1),
          noncurrentVersionExpiration: Duration.days(1),
        },
      ],
      cors: [
        {
          id: 'parts',
          allowedOrigins: [config.site.origin],
          allowedMethods: [HttpMethods.PUT],
          allowedHeaders: ['content-type', 'x-amz-checksum-sha256'],
          exposedHeaders: ['ETag'],
          maxAge: 3600,
        },
      ],
    });
    // The property of CDK's bucket does the same through a custom resource with a function of its own.
    (this.uploads.node.defaultChild as CfnBucket).notificationConfiguration = {
      eventBridgeConfiguration: { eventBridgeEnabled: true },
    };

    // Segments can be made anew from their source; captions and posters that people have sent are nowhere else.
    this.media = this.#bucket('media', {
      versioned: true,
      serverAccessLogsBucket: this.logs,
      serverAccessLogsPrefix: 's3/media/',
      lifecycleRules: [abandonedParts, superseded],
    });
    this.web = this.#bucket('web', {
      versioned: true,
      serverAccessLogsBucket: this.logs,
      serverAccessLogsPrefix: 's3/web/',
      lifecycleRules: [abandonedParts, superseded],
    });
    for (const bucket of [this.media, this.web]) this.#openToDistribution(bucket);
  }

  #bucket(purpose: BucketPurpose, props: BucketProps): IBucket {
    const bucket = new Bucket(this, purpose, {
      bucketName: bucketName(this.#config, purpose),
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy: this.#config.isProtected ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      ...props,
    });
    // The library's declarations are not made for exactOptionalPropertyTypes: to it a Bucket is not quite an IBucket.
    return bucket as IBucket;
  }

  /**
   * CloudFront may read, by origin access control. Any distribution of this account, and not one by its id: the id is
   * known only after the delivery stack, which needs these buckets first. To make a distribution here takes more rights
   * than to read the bucket. It may list, because S3 answers 403 for what is missing to a reader who may not.
   */
  #openToDistribution(bucket: IBucket): void {
    const principals = [new ServicePrincipal('cloudfront.amazonaws.com')];
    const conditions = {
      ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:cloudfront::${Aws.ACCOUNT_ID}:distribution/*` },
    };
    bucket.addToResourcePolicy(
      new PolicyStatement({
        actions: ['s3:GetObject'],
        resources: [bucket.arnForObjects('*')],
        principals,
        conditions,
      }),
    );
    bucket.addToResourcePolicy(
      new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn], principals, conditions }),
    );
  }

  /** What CloudWatch's log delivery asks for (CloudFront User Guide, "Standard logging (v2)", S3). */
  #acceptDistributionLogs(): void {
    this.logs.addToResourcePolicy(
      new PolicyStatement({
        actions: ['s3:PutObject'],
        resources: [this.logs.arnForObjects('cloudfront/*')],
        principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
        conditions: {
          StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:logs:us-east-1:${Aws.ACCOUNT_ID}:delivery-source:*` },
        },
      }),
    );
  }
}
