import { randomBytes } from 'node:crypto';
import type { RunInput } from '../../domain/jobs/jobs.ts';
import type { ContentKey, Encryption } from '../../domain/media/encryption.ts';
import type { Plan } from '../../domain/media/plan.ts';
import type { Video } from '../../domain/video/video.ts';
import { keptKeys } from '../../domain/video/watched.ts';
import type { JobContext } from '../context.ts';
import { Rejection } from '../failures.ts';

/** How a run's title is encrypted: made once, on the record, so that a repeated Prepare finds the same key. */
export async function encryptionOf(
  { videos, contentKeys, now }: Pick<JobContext, 'videos' | 'contentKeys' | 'now'>,
  run: RunInput,
  video: Video,
): Promise<Encryption> {
  const isMeant = (record: Video | undefined): record is Video =>
    record?.attempt === run.attempt && record.state !== 'deleted';
  for (let record: Video | undefined = video; isMeant(record); record = await videos.get(run.videoId)) {
    if (record.contentKey?.attempt === run.attempt) return record.contentKey.encryption;
    const contentKey: ContentKey = {
      attempt: run.attempt,
      encryption: {
        scheme: 'cbcs',
        keyId: randomBytes(16).toString('hex'),
        iv: randomBytes(16).toString('hex'),
      },
      wrapped: await contentKeys.create(run),
    };
    const onlyIf = { attempt: run.attempt, version: record.version };
    if (await videos.change(run.videoId, { set: { contentKey }, onlyIf }, now())) return contentKey.encryption;
    // Somebody wrote the record meanwhile, perhaps a key.
  }
  throw new Rejection({ code: 'internal', detail: 'the run was overtaken' });
}

/** The key of a title, hexadecimal; undefined for one in the clear. */
export async function contentKeyOf(
  { videos, contentKeys }: Pick<JobContext, 'videos' | 'contentKeys'>,
  run: RunInput,
  { encryption }: Pick<Plan, 'encryption'>,
): Promise<string | undefined> {
  if (encryption === undefined) return undefined;
  const video = await videos.get(run.videoId);
  const kept = video && keptKeys(video).find((key) => key.encryption.keyId === encryption.keyId);
  if (kept === undefined) {
    throw new Rejection({ code: 'internal', detail: 'the record has no key for this title' });
  }
  return (await contentKeys.open(run, kept.wrapped)).toString('hex');
}
