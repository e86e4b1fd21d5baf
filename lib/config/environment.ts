import * as z from 'zod';
import { Engine } from '../../domain/media/engine.ts';
import { MediaConvertConfiguration } from '../../domain/media/mediaconvert/configuration.ts';

export const EnvironmentId = z.enum(['local', 'dev', 'staging', 'prod']);
export type EnvironmentId = z.infer<typeof EnvironmentId>;

/** The stacks that an environment may do without. */
export const OptionalStack = z.enum(['Workers', 'Delivery', 'Web']);
export type OptionalStack = z.infer<typeof OptionalStack>;

/** What CloudWatch Logs accepts and we use. */
const RetentionDays = z.literal([7, 30, 90, 365]);

const Origin = z.url().refine((url) => new URL(url).origin === url, 'must be an origin: scheme, host and port only');

/** One environment as data: everything in which two deployments of the same app differ. */
export const Environment = z.strictObject({
  id: EnvironmentId,
  /** CloudFront takes its firewall, its certificate and the delivery of its logs from here alone, and all stacks are in one region. */
  region: z.literal('us-east-1'),
  /** Without one the templates fit any account, and the CLI's credentials choose it. */
  account: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  /** How stacks are deployed: by the roles of `cdk bootstrap`, or by the caller's own credentials. */
  deployedBy: z.enum(['bootstrap-roles', 'own-credentials']),
  /** Stacks that the environment cannot host; a local process stands where each would be. */
  leftOut: z.array(OptionalStack),
  site: z.strictObject({
    /**
     * Where people find the site. Without a certificate the distribution's own name is the site: deploy once, write that
     * name here, deploy again.
     */
    origin: Origin,
    /** Of the origin's host, in us-east-1. */
    certificateArn: z.string().startsWith('arn:').optional(),
    /**
     * The day on which the origin secret last got a new value. CloudFormation reads a secret again only when what
     * refers to it changes, and this stands in the distribution's comment (docs/runbook.md, "The origin secret").
     */
    originSecretSetOn: z.iso.date(),
  }),
  /** The address of the API's default stage, with `{apiId}` where its id goes. */
  apiEndpoint: z.string().includes('{apiId}'),
  /** Where the service listens that has the distribution forget its copies. */
  cdnEndpoint: z.url(),
  /** Cognito judges each sign-in by where it comes from and whether the password has leaked. Needs the Plus plan. */
  threatProtection: z.boolean(),
  /**
   * Mail by SES, from a domain whose DNS we hold: Cognito's codes, and word of what is done about accounts. Without it Cognito
   * sends by itself, 50 mails a day at most, and nobody is told: for an environment that has nobody to mail.
   */
  mail: z
    .strictObject({
      from: z.email(),
      fromName: z.string().min(1),
      domain: z.hostname(),
      /**
       * Whether SES has found the domain's records. Cognito refuses a domain of which it has not, so the first deployment makes
       * the identity, and the pool uses it once this is true (docs/operating.md, "Mail").
       */
      isProven: z.boolean(),
    })
    .refine(({ from, domain }) => from.endsWith(`@${domain}`), 'must be sent from the domain')
    .optional(),
  /** Who becomes an admin by confirming this address: once, and only if nobody has. */
  firstAdmin: z
    .email()
    .transform((email) => email.toLowerCase())
    .optional(),
  /** AWS WAF before the distribution. */
  firewall: z
    .strictObject({
      requestsPerAddressPer5Minutes: z.int().min(100),
      /** To /api with any method that may write, and to /api/auth: each stricter than the one before. */
      writesPerAddressPer5Minutes: z.int().min(100),
      authPerAddressPer5Minutes: z.int().min(100),
    })
    .optional(),
  workers: z
    .strictObject({
      /**
       * Tasks that are warm whether or not there is work. That a title is playable within 3 s of its upload is promised with
       * one at least; with 0 the first upload after a pause waits for a task to start, up to three minutes.
       */
      min: z.int().nonnegative(),
      max: z.int().positive(),
      /** Tasks that are never Spot; what comes on top is. */
      onDemandBase: z.int().nonnegative(),
      /** Availability zones that tasks run in. Each costs an interface endpoint for every service that workers call. */
      zones: z.int().min(1).max(3),
      cpuUnits: z.literal([1024, 2048, 4096, 8192, 16384]),
      memoryMiB: z.int(),
      /**
       * Working space of a task; 20 GiB are free, and 21 the least that can be asked for. A slot needs 3.1 GiB at the most: six parts of the copy of
       * a source of 5 TB (worker/media/growing-upload.ts), of 525 MiB each. A chunk needs less: 32 s in all rungs at their caps, encoded and packaged,
       * are 0.6 GiB, and the sound of 63 tracks, decoded, 0.4. Three slots are 9.3 GiB; the image is 1.
       */
      scratchGiB: z.int().min(21).max(200),
      bulkSlots: z.int().positive(),
      /** In how many seconds the running fleet should be through with all that waits and runs: what scaling aims at. */
      drainSeconds: z.number().positive(),
      /** Tasks on x86, on demand, that stand in while arm64 cannot be had; without it there are none. */
      fallback: z.strictObject({ max: z.int().positive() }).optional(),
    })
    .refine(({ min, max }) => min <= max, 'min must not exceed max'),
  processing: z
    .strictObject({
      /** Rungs of more lines are encoded when they are first watched. */
      eagerLines: z.int().min(0),
      /**
       * Requests for media that are not there yet, held at once: each keeps a function busy for up to 20 s, and without a
       * bound those for one title could take all the concurrency of the account, and the API with it. An account must keep 100
       * unreserved: one whose quota is still small does without a figure.
       */
      heldRequests: z.int().positive().optional(),
      /** Whether media are encrypted; a video's creator may choose otherwise. */
      protection: z.enum(['clear', 'cbcs']),
      /** Who encodes titles; a video's creator may choose otherwise. */
      engine: Engine,
      /** Without it there is no such engine. */
      mediaConvert: MediaConvertConfiguration.optional(),
    })
    .refine(({ engine, mediaConvert }) => engine === 'workers' || mediaConvert, 'this engine is not configured'),
  /** What one creator may upload a day, and have kept. */
  uploads: z
    .strictObject({
      uploadsPerDay: z.int().positive(),
      bytesPerDay: z.int().positive(),
      keptBytes: z.int().positive(),
    })
    .refine(({ bytesPerDay, keptBytes }) => bytesPerDay <= keptBytes, 'a day must fit into what is kept'),
  retention: z.strictObject({
    logDays: RetentionDays,
    accessLogDays: z.int().positive(),
    /** How long an overwritten or deleted source, and an older web app, can still be had. */
    noncurrentDays: z.int().positive(),
  }),
  /** Stateful resources outlive their stack and refuse deletion. */
  isProtected: z.boolean(),
  /** Who is told, by severity; alarms exist either way. */
  alarmMail: z.strictObject({ page: z.email().optional(), ticket: z.email().optional() }),
});
export type Environment = z.infer<typeof Environment>;
