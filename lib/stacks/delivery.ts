import { join } from 'node:path';
import { CfnOutput, Duration, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CacheHeaderBehavior,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { FunctionUrlOrigin, HttpOrigin, OriginGroup, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { transcodedFolder } from '../../domain/media/paths.ts';
import type { Environment } from '../config/environment.ts';
import { type BucketPurpose, bucketName } from '../config/names.ts';
import { minutes } from '../constructs/alarms.ts';
import { root } from '../constructs/bundle.ts';
import type { ApiStack } from './api.ts';
import { distributionLogs } from './delivery/access-logs.ts';
import { firewall } from './delivery/firewall.ts';
import { apiHeaders, mediaHeaders, siteHeaders, transcodedHeaders } from './delivery/headers.ts';
import type { ProcessingStack } from './processing.ts';
import type { StorageStack } from './storage.ts';

export interface DeliveryProps extends StackProps {
  readonly config: Environment;
  readonly storage: StorageStack;
  readonly processing: ProcessingStack;
  readonly api: ApiStack;
}

/** Statuses that CloudFront would otherwise keep for ten seconds: a segment that is missing now is there in a moment. */
const neverKept = [403, 404, 502, 503, 504];

/** The site: one distribution before the web app, the API and the media. */
export class DeliveryStack extends Stack {
  readonly distribution: Distribution;

  constructor(scope: Construct, id: string, { config, storage, processing, api, ...props }: DeliveryProps) {
    super(scope, id, props);
    this.addStackDependency(storage);
    const { origin, certificateArn, originSecretSetOn } = config.site;

    const usual = { viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS, compress: true };
    const web: BehaviorOptions = {
      ...usual,
      origin: this.#bucketOrigin(config, 'web'),
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      responseHeadersPolicy: siteHeaders(this, config),
      functionAssociations: [{ eventType: FunctionEventType.VIEWER_REQUEST, function: this.#pagesOfTheApp() }],
    };
    const toApi: BehaviorOptions = {
      ...usual,
      origin: new HttpOrigin(`${api.api.apiId}.execute-api.${config.region}.amazonaws.com`, {
        protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
        originSslProtocols: [OriginSslPolicy.TLS_V1_2],
        customHeaders: { 'x-sluice-origin': api.originSecret.secretValue.unsafeUnwrap() },
      }),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      // API Gateway knows itself by its own host name.
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      responseHeadersPolicy: apiHeaders(this, config),
      functionAssociations: [{ eventType: FunctionEventType.VIEWER_REQUEST, function: this.#saysWhoAsks() }],
    };
    const mediaBucket = this.#bucketOrigin(config, 'media');
    const media: BehaviorOptions = {
      ...usual,
      // What the bucket does not have is made on demand; the origin that does so also says what is not to be had at all.
      origin: new OriginGroup({
        primaryOrigin: mediaBucket,
        fallbackOrigin: FunctionUrlOrigin.withOriginAccessControl(processing.onDemand.url, {
          // It holds a request for 20 s.
          readTimeout: Duration.seconds(30),
        }),
        fallbackStatusCodes: [403, 404, 500, 502, 503, 504],
      }),
      // Origin groups know no other methods.
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      cachePolicy: new CachePolicy(this, 'MediaCaching', {
        comment: 'By path alone, for as long as the object itself says',
        minTtl: Duration.seconds(0),
        // For objects that say nothing, of which there are none here.
        defaultTtl: Duration.seconds(10),
        maxTtl: Duration.days(365),
        headerBehavior: CacheHeaderBehavior.none(),
        enableAcceptEncodingGzip: true,
        enableAcceptEncodingBrotli: true,
      }),
      responseHeadersPolicy: mediaHeaders(this, config),
    };
    // There before anything lists it, and never changed. MediaConvert cannot say so of its objects.
    const transcoded = (): BehaviorOptions => ({
      ...usual,
      origin: mediaBucket,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      cachePolicy: new CachePolicy(this, 'TranscodedCaching', {
        comment: 'By path alone, for good',
        minTtl: Duration.seconds(0),
        defaultTtl: Duration.days(365),
        maxTtl: Duration.days(365),
        headerBehavior: CacheHeaderBehavior.none(),
        enableAcceptEncodingGzip: true,
        enableAcceptEncodingBrotli: true,
      }),
      responseHeadersPolicy: transcodedHeaders(this, config),
    });

    this.distribution = new Distribution(this, 'Distribution', {
      comment: `Sluice ${config.id}; origin secret of ${originSecretSetOn}`,
      defaultRootObject: 'index.html',
      defaultBehavior: web,
      // The first that matches counts.
      additionalBehaviors: {
        '/api/*': toApi,
        ...(config.processing.mediaConvert && { [`/media/*/${transcodedFolder}/*`]: transcoded() }),
        '/media/*': media,
      },
      errorResponses: neverKept.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      httpVersion: HttpVersion.HTTP2_AND_3,
      publishAdditionalMetrics: true,
      ...(certificateArn !== undefined && {
        domainNames: [new URL(origin).host],
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
      }),
      ...(config.firewall && { webAclId: firewall(this, config.id, config.firewall).attrArn }),
    });
    distributionLogs(this, this.distribution, config);
    this.#acknowledge(config);

    processing.alarms.raise(this, 'site-errors', {
      metric: new Metric({
        namespace: 'AWS/CloudFront',
        metricName: '5xxErrorRate',
        dimensionsMap: { DistributionId: this.distribution.distributionId, Region: 'Global' },
        statistic: 'Average',
        ...minutes(5),
      }),
      above: 1,
      periods: 2,
    });

    new CfnOutput(this, 'SiteDomainName', { value: this.distribution.distributionDomainName });
  }

  /** By name: the bucket's one policy, which lets distributions read it, is in the storage stack. */
  #bucketOrigin(config: Environment, purpose: BucketPurpose) {
    const bucket = Bucket.fromBucketAttributes(this, `${purpose}-bucket`, {
      bucketName: bucketName(config, purpose),
      region: config.region,
    });
    const origin = S3BucketOrigin.withOriginAccessControl(bucket);
    Validations.of(this).acknowledge({
      id: '@aws-cdk/aws-cloudfront-origins:updateImportedBucketPolicyOac',
      reason: 'lib/stacks/storage/buckets.ts has the statements.',
    });
    return origin;
  }

  #pagesOfTheApp() {
    return new EdgeFunction(this, 'ViewerRequest', {
      comment: 'Addresses of the app are its one page',
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromFile({ filePath: join(root, 'lib/functions/viewer-request.js') }),
    });
  }

  #saysWhoAsks() {
    return new EdgeFunction(this, 'ApiRequest', {
      comment: "The viewer's address, for the API",
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromFile({ filePath: join(root, 'lib/functions/api-request.js') }),
    });
  }

  #acknowledge(config: Environment): void {
    const validations = Validations.of(this.distribution);
    validations.acknowledge(
      {
        id: 'AwsSolutions-CFR1',
        reason:
          'The platform has no regional restriction; a video that must have one is kept from viewers by its own rules.',
      },
      {
        id: 'AwsSolutions-CFR3',
        reason:
          'Logged by standard logging v2 (lib/stacks/delivery/access-logs.ts), which is not a property of the distribution.',
      },
    );
    if (config.firewall === undefined) {
      validations.acknowledge({
        id: 'AwsSolutions-CFR2',
        reason:
          'This environment holds test data only, behind throttles on every route; WAF costs more than the rest of it.',
      });
    }
    if (config.site.certificateArn === undefined) {
      validations.acknowledge({
        id: 'AwsSolutions-CFR4',
        reason:
          "Without a domain of its own the site has CloudFront's certificate, whose security policy CloudFront fixes; viewers are redirected to https.",
      });
    }
  }
}
