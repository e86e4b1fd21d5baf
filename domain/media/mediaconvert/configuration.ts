import * as z from 'zod';
import type { MediaConvertReach } from '../engine.ts';

/** The DRM systems that can be signalled. */
const DrmSystem = z.enum(['widevine', 'playready', 'fairplay']);
/** Their ids (DASH-IF registry of content protection). */
export const drmSystems = {
  widevine: 'edef8ba9-79d6-4ace-a3c8-27dcd51d21ed',
  playready: '9a04f079-9840-4286-ab92-e65be0885f95',
  fairplay: '94ce86fb-07ff-4f43-adb8-93d2fa968ca2',
} as const satisfies Record<z.infer<typeof DrmSystem>, string>;

/** MediaConvert signals up to three systems in each kind of manifest. */
const Signalled = z.array(DrmSystem).min(1).max(3);

/** Where the content keys of a DRM provider come from (Secure Packager and Encoder Key Exchange). */
export const Speke = z.strictObject({
  /** The key server, behind API Gateway. */
  url: z.url({ protocol: /^https$/ }),
  /** What MediaConvert's role has to invoke for it: the API's execution ARN, with stage, method and path. */
  invokeArn: z.string().startsWith('arn:'),
  /** Which systems each kind of manifest signals. */
  hls: Signalled,
  dash: Signalled,
  /** With one, keys come encrypted for its holder. Associated with MediaConvert before it is named here. */
  certificateArn: z.string().startsWith('arn:').optional(),
});
export type Speke = z.infer<typeof Speke>;

/** What an environment says of MediaConvert. Without any, it has no such engine. */
export const MediaConvertConfiguration = z.strictObject({
  /** A queue of the account: every account has `Default`. */
  queueName: z.string().regex(/^[A-Za-z0-9_-]+$/),
  /** Where the service listens, if that is not its regional endpoint. */
  endpoint: z.url().optional(),
  speke: Speke.optional(),
});
export type MediaConvertConfiguration = z.infer<typeof MediaConvertConfiguration>;

export const reachOf = (configuration: MediaConvertConfiguration | undefined): MediaConvertReach => {
  if (configuration === undefined) return 'nothing';
  return configuration.speke ? 'all' : 'clear';
};

/** What a job needs to know of its environment. */
export const JobPlace = z.object({
  /** The role that MediaConvert takes on for the job. */
  roleArn: z.string(),
  queueArn: z.string(),
  endpoint: z.url().optional(),
  uploadsBucket: z.string(),
  mediaBucket: z.string(),
  speke: Speke.optional(),
});
export type JobPlace = z.infer<typeof JobPlace>;
