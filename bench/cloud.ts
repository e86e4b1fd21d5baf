import { createHash } from 'node:crypto';
import { openAsBlob, statSync } from 'node:fs';
import type { S3Client } from '@aws-sdk/client-s3';
import { sluiceClient } from '../client/client.ts';
import type { VideoId } from '../domain/ids.ts';
import { removeState } from '../local/cloud/state.ts';
import { demoAccounts } from '../local/demo-accounts.ts';
import { awsEnvironment, type Instance, siteOf } from '../local/instance.ts';
import { readOutputs } from '../local/outputs.ts';
import { startSupervisor } from '../local/supervisor/client.ts';
import { readRunFile } from '../local/supervisor/run-file.ts';
import { stepsUp } from '../local/up.ts';
import { dynamoClient } from '../platform/clients/dynamo.ts';
import { s3Client } from '../platform/clients/s3.ts';
import { type Jobs, jobRecords } from '../platform/records/jobs.ts';

/** A local cloud of the benchmarks' own, deployed anew, with somebody signed in as its creator. */
export interface BenchCloud {
  readonly site: string;
  readonly creator: { readonly email: string; readonly password: string };
  readonly client: Client;
  readonly jobs: Jobs;
  readonly media: { readonly s3: S3Client; readonly bucket: string };
  readonly workerPid: () => number;
  readonly stop: () => Promise<void>;
}

export type Client = ReturnType<typeof sluiceClient>;

const instance: Instance = { name: 'bench', edgePort: 4720, cloudPort: 4721 };

export const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Starts it; Ctrl-C ends it in order. */
export async function startBenchCloud(): Promise<BenchCloud> {
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
    return {
      site: siteOf(instance),
      creator,
      client: sluiceClient({ baseUrl: siteOf(instance), headers: { authorization: `Bearer ${accessToken}` } }),
      jobs: jobRecords(dynamoClient(), outputs.WorkerEnvironment['JOBS_TABLE'] ?? ''),
      media: { s3: s3Client(), bucket: outputs.MediaBucketName },
      workerPid: () => readRunFile(instance)?.services.worker?.pid ?? 0,
      stop: () => supervisor.stop(),
    };
  } catch (error) {
    await supervisor.stop();
    throw error;
  }
}

/** Sends a file in parts, as any client does; all but its completion. */
export async function upload(
  client: Client,
  file: string,
): Promise<{ videoId: VideoId; complete: () => Promise<{ attempt: number }> }> {
  const sizeBytes = statSync(file).size;
  const session = await client.upload.createUpload({
    body: { fileName: 'source.mp4', contentType: 'video/mp4', sizeBytes },
  });
  const blob = await openAsBlob(file);
  const checksums: string[] = [];
  for (let number = 1; number <= session.partCount; number++) {
    const bytes = Buffer.from(
      await blob.slice((number - 1) * session.partSizeBytes, number * session.partSizeBytes).arrayBuffer(),
    );
    const checksum = createHash('sha256').update(bytes).digest('base64');
    const { parts } = await client.upload.signParts({
      params: { uploadId: session.uploadId },
      body: { parts: [{ number, checksum }] },
    });
    const [part] = parts;
    if (part === undefined) throw new Error('a part was not signed');
    const answer = await fetch(part.url, { method: 'PUT', headers: part.headers, body: bytes });
    if (!answer.ok) throw new Error(`part ${number}: ${answer.status} ${await answer.text()}`);
    checksums.push(checksum);
  }
  return {
    videoId: session.videoId,
    complete: () => client.upload.completeUpload({ params: { uploadId: session.uploadId }, body: { checksums } }),
  };
}
