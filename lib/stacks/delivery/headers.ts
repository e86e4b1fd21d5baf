import { Duration, type Stack } from 'aws-cdk-lib';
import {
  HeadersFrameOption,
  HeadersReferrerPolicy,
  ResponseHeadersPolicy,
  type ResponseSecurityHeadersBehavior,
} from 'aws-cdk-lib/aws-cloudfront';
import type { Environment } from '../../config/environment.ts';
import { bucketName } from '../../config/names.ts';
import { contentSecurityPolicy, dataSecurityPolicy, isolation } from '../../config/site-headers.ts';

const everywhere = {
  strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: true, override: true },
  contentTypeOptions: { override: true },
  referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override: true },
} satisfies ResponseSecurityHeadersBehavior;

const ofData = {
  ...everywhere,
  contentSecurityPolicy: { contentSecurityPolicy: dataSecurityPolicy, override: true },
} satisfies ResponseSecurityHeadersBehavior;

/** Of pages. */
export const siteHeaders = (stack: Stack, config: Environment) =>
  new ResponseHeadersPolicy(stack, 'SiteHeaders', {
    securityHeadersBehavior: {
      ...everywhere,
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      contentSecurityPolicy: {
        contentSecurityPolicy: contentSecurityPolicy(
          `https://${bucketName(config, 'uploads')}.s3.${config.region}.amazonaws.com`,
        ),
        override: true,
      },
    },
    customHeadersBehavior: {
      customHeaders: Object.entries(isolation).map(([header, value]) => ({ header, value, override: true })),
    },
  });

/** Of the API. */
export const apiHeaders = (stack: Stack, { id }: Environment) =>
  new ResponseHeadersPolicy(stack, 'ApiHeaders', { comment: `Sluice ${id}: API`, securityHeadersBehavior: ofData });

/**
 * Of media. Every object of ours says how long it may be kept; an answer that says nothing is an error of the origin, mostly a
 * segment that is not there yet, which nobody may keep.
 */
export const mediaHeaders = (stack: Stack, { id }: Environment) =>
  new ResponseHeadersPolicy(stack, 'MediaHeaders', {
    comment: `Sluice ${id}: media`,
    securityHeadersBehavior: ofData,
    customHeadersBehavior: { customHeaders: [{ header: 'Cache-Control', value: 'no-store', override: false }] },
  });

/** Of what MediaConvert has made, which says nothing of how long it may be kept: to browsers neither do we. */
export const transcodedHeaders = (stack: Stack, { id }: Environment) =>
  new ResponseHeadersPolicy(stack, 'TranscodedHeaders', {
    comment: `Sluice ${id}: media of MediaConvert`,
    securityHeadersBehavior: ofData,
  });
