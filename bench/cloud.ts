import { join } from 'node:path';
import { DeleteObjectsCommand, ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';
import { sluiceClient } from '../client/client.ts';
import type { VideoId } from '../domain/ids.ts';
import { removeState } from '../local/cloud/state.ts';
import { demoAccounts } from '../local/demo-accounts.ts';
import { awsEnvironment, type Instance, placesOf, siteOf } from '../local/instance.ts';
import { readOutputs } from '../local/outputs.ts';
import { startSupervisor } from '../local/supervisor/client.ts';
import { readRunFile } from '../local/supervisor/run-file.ts';
import { stepsUp } from '../local/up.ts';
import { dynamoClient } from '../platform/clients/dynamo.ts';
import { s3Client } from '../platform/clients/s3.ts';
import { type Jobs, jobRecords } from '../platform/records/jobs/jobs.ts';
import { freePorts } from '../test/commands/free-ports.ts';

/** A local cloud of the benchmarks' own, deployed anew, with somebody signed in as its creator. */
export interface BenchCloud {
  readonly site: string;
  readonly creator: { readonly email: string; readonly password: string };
  readonly client: Client;
  readonly jobs: Jobs;
  readonly media: { readonly s3: S3Client; readonly bucket: string };
  readonly workerPid: () => number;
  readonly workerLog: string;
  /** Removes a title's source, so that the next one finds the disk as it was. */
  readonly forget: (videoId: VideoId) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export type Client = ReturnType<typeof sluiceClient>;

export const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Starts it; Ctrl-C ends it in order. */
export async function startBenchCloud(): Promise<BenchCloud> {
  const [edgePort, cloudPort] = await freePorts();
  const instance: Instance = { name: 'bench', edgePort, cloudPort };
  removeState(instance);
  const supervisor = startSupervisor(instance, () => undefined);
  process.once('SIGINT', () => void supervisor.stop().then(() => process.exit(130)));
  try {
    for (const step of stepsUp(instance, supervisor)) {
      const inner = 'together' in step ? step.together : [step];
      for (const { title, run } of inner.filter((s) => 'run' in s)) {
        say(title);
        await run(() => undefined);
      }
    }
    const { creator } = await demoAccounts(instance);
    const { accessToken } = await sluiceClient({ baseUrl: siteOf(instance) }).auth.login({
      body: { ...creator, session: 'api' },
    });
    Object.assign(process.env, awsEnvironment(instance));
    const outputs = readOutputs(instance);
    const s3 = s3Client();
    return {
      site: siteOf(instance),
      creator,
      client: sluiceClient({ baseUrl: siteOf(instance), headers: { authorization: `Bearer ${accessToken}` } }),
      jobs: jobRecords(dynamoClient(), outputs.WorkerEnvironment['JOBS_TABLE'] ?? ''),
      media: { s3, bucket: outputs.MediaBucketName },
      workerPid: () => readRunFile(instance)?.services.worker?.pid ?? 0,
      workerLog: join(placesOf(instance).logs, 'worker.log'),
      forget: (videoId) => removeAll(s3, outputs.WorkerEnvironment['UPLOADS_BUCKET'] ?? '', `sources/${videoId}/`),
      stop: () => supervisor.stop(),
    };
  } catch (error) {
    await supervisor.stop();
    throw error;
  }
}

async function removeAll(s3: S3Client, Bucket: string, Prefix: string): Promise<void> {
  const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix }));
  const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
  if (Objects.length > 0) await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
}
