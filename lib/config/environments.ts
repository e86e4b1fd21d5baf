import { Environment, type EnvironmentId } from './environment.ts';

const region = 'us-east-1';

const cloudFront = 'https://cloudfront.amazonaws.com';
const TB = 1e12;
/** The largest file that S3 takes fits into a day. Numbers for people who make films, not for archives. */
const uploads = { uploadsPerDay: 100, bytesPerDay: 6 * TB, keptBytes: 20 * TB };

/** An office or a school behind one address; one person who sends parts of files writes 3,000 times in five minutes. */
const firewall = {
  requestsPerAddressPer5Minutes: 10_000,
  writesPerAddressPer5Minutes: 5_000,
  authPerAddressPer5Minutes: 500,
};

const executeApi = `https://{apiId}.execute-api.${region}.amazonaws.com`;

/** What only the caller of the CLI knows: where the local cloud and the local site listen. */
export interface LocalAddresses {
  readonly cloud: string;
  readonly site: string;
  /** A stand-in for MediaConvert, which the local cloud does not have; mostly there is none. */
  readonly mediaConvert?: string | undefined;
}
export const usualLocalAddresses: LocalAddresses = { cloud: 'http://127.0.0.1:4710', site: 'http://127.0.0.1:4700' };

/** The demo's admin. */
export const localAdmin = 'admin@demo.example';

/** The environments. Each is parsed, so that a slip is told here and not by CloudFormation. */
export function environments(local: LocalAddresses = usualLocalAddresses): Record<EnvironmentId, Environment> {
  return {
    local: Environment.parse({
      id: 'local',
      region,
      deployedBy: 'own-credentials',
      /**
       * What a local cloud cannot host. Fargate: the same worker program runs as a process. CloudFront's data plane and
       * what is deployed behind it: the edge serves the site.
       */
      leftOut: ['Workers', 'Delivery', 'Web'],
      site: { origin: local.site, originSecretSetOn: '2026-11-22' },
      apiEndpoint: `${local.cloud}/_aws/execute-api/{apiId}/$default`,
      cdnEndpoint: local.site,
      threatProtection: false,
      /** Nobody gets it: the local cloud keeps what is sent. */
      mail: { from: 'no-reply@sluice.example', fromName: 'Sluice', domain: 'sluice.example', isProven: true },
      firstAdmin: localAdmin,
      workers: {
        min: 1,
        max: 1,
        onDemandBase: 1,
        zones: 1,
        cpuUnits: 2048,
        memoryMiB: 4096,
        scratchGiB: 21,
        bulkSlots: 1,
        drainSeconds: 120,
      },
      processing: {
        eagerLines: 1080,
        protection: 'clear',
        engine: 'workers',
        /** Left out, but where somebody stands in for the service. */
        ...(local.mediaConvert !== undefined && {
          mediaConvert: { queueName: 'Default', endpoint: local.mediaConvert },
        }),
      },
      uploads,
      retention: { logDays: 7, accessLogDays: 7, noncurrentDays: 7 },
      isProtected: false,
      alarmMail: {},
    }),
    dev: Environment.parse({
      id: 'dev',
      region,
      deployedBy: 'bootstrap-roles',
      leftOut: [],
      site: { origin: 'https://dev.sluice.example', originSecretSetOn: '2026-11-22' },
      apiEndpoint: executeApi,
      cdnEndpoint: cloudFront,
      threatProtection: false,
      mail: { from: 'no-reply@dev.sluice.example', fromName: 'Sluice', domain: 'dev.sluice.example', isProven: false },
      firstAdmin: 'platform@sluice.example',
      workers: {
        min: 0,
        max: 4,
        onDemandBase: 0,
        zones: 1,
        cpuUnits: 4096,
        memoryMiB: 8192,
        scratchGiB: 21,
        bulkSlots: 2,
        drainSeconds: 120,
      },
      processing: {
        eagerLines: 1080,
        protection: 'clear',
        engine: 'workers',
        mediaConvert: { queueName: 'Default' },
      },
      uploads,
      retention: { logDays: 30, accessLogDays: 30, noncurrentDays: 7 },
      isProtected: true,
      alarmMail: {},
    }),
    staging: Environment.parse({
      id: 'staging',
      region,
      deployedBy: 'bootstrap-roles',
      leftOut: [],
      site: { origin: 'https://staging.sluice.example', originSecretSetOn: '2026-11-22' },
      apiEndpoint: executeApi,
      cdnEndpoint: cloudFront,
      threatProtection: true,
      mail: {
        from: 'no-reply@staging.sluice.example',
        fromName: 'Sluice',
        domain: 'staging.sluice.example',
        isProven: false,
      },
      firstAdmin: 'platform@sluice.example',
      firewall,
      workers: {
        min: 1,
        max: 20,
        onDemandBase: 1,
        zones: 2,
        cpuUnits: 4096,
        memoryMiB: 8192,
        scratchGiB: 21,
        bulkSlots: 2,
        drainSeconds: 120,
        fallback: { max: 10 },
      },
      processing: {
        eagerLines: 1080,
        heldRequests: 100,
        protection: 'clear',
        engine: 'workers',
        mediaConvert: { queueName: 'Default' },
      },
      uploads,
      retention: { logDays: 90, accessLogDays: 90, noncurrentDays: 30 },
      isProtected: true,
      alarmMail: { ticket: 'platform@sluice.example' },
    }),
    prod: Environment.parse({
      id: 'prod',
      region,
      deployedBy: 'bootstrap-roles',
      leftOut: [],
      site: { origin: 'https://sluice.example', originSecretSetOn: '2026-11-22' },
      apiEndpoint: executeApi,
      cdnEndpoint: cloudFront,
      threatProtection: true,
      mail: { from: 'no-reply@sluice.example', fromName: 'Sluice', domain: 'sluice.example', isProven: false },
      firstAdmin: 'platform@sluice.example',
      firewall,
      workers: {
        min: 2,
        max: 200,
        onDemandBase: 2,
        zones: 2,
        cpuUnits: 4096,
        memoryMiB: 8192,
        scratchGiB: 21,
        bulkSlots: 2,
        drainSeconds: 120,
        fallback: { max: 100 },
      },
      processing: {
        eagerLines: 1080,
        heldRequests: 300,
        protection: 'clear',
        engine: 'workers',
        mediaConvert: { queueName: 'Default' },
      },
      uploads,
      retention: { logDays: 365, accessLogDays: 365, noncurrentDays: 30 },
      isProtected: true,
      alarmMail: { page: 'on-call@sluice.example', ticket: 'platform@sluice.example' },
    }),
  };
}
