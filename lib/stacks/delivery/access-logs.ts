import { ArnFormat, type Stack } from 'aws-cdk-lib';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { CfnDelivery, CfnDeliveryDestination, CfnDeliverySource } from 'aws-cdk-lib/aws-logs';
import type { Environment } from '../../config/environment.ts';
import { bucketArn } from '../../config/names.ts';

/** Access logs by standard logging v2: the older kind needs a bucket that accepts access control lists. */
export function distributionLogs(stack: Stack, { distributionId }: Distribution, config: Environment): void {
  const source = new CfnDeliverySource(stack, 'AccessLogSource', {
    name: `sluice-${config.id}-site`,
    logType: 'ACCESS_LOGS',
    resourceArn: stack.formatArn({
      service: 'cloudfront',
      region: '',
      resource: 'distribution',
      resourceName: distributionId,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    }),
  });
  const destination = new CfnDeliveryDestination(stack, 'AccessLogDestination', {
    name: `sluice-${config.id}-site`,
    destinationResourceArn: `${bucketArn(config, 'logs')}/cloudfront`,
    outputFormat: 'parquet',
  });
  const delivery = new CfnDelivery(stack, 'AccessLogDelivery', {
    deliverySourceName: source.name,
    deliveryDestinationArn: destination.attrArn,
  });
  delivery.addResourceDependency(source);
}
