import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isProblem } from '../../../domain/api/problems.ts';
import type { UserId } from '../../../domain/ids.ts';
import { executionName, type RunInput } from '../../../domain/jobs/jobs.ts';
import { maxSourceBytes, minPartBytes, sessionLifetimeSeconds } from '../../../domain/upload/parts.ts';
import { expireUploads, type UploadDeps } from '../../../lambdas/upload/ending.ts';
import { uploadService } from '../../../lambdas/upload/service.ts';
import { recordUploaded } from '../../../platform/arrivals.ts';
import { inMemoryBucket, inMemoryUploads, inMemoryVideos, type Pause } from './in-memory.ts';

const caller = {
  userId: '7a4d5c1e-0f3b-4f55-9d43-0a6f6f7d1b11' as UserId,
  sessionId: 's',
  roles: ['creator' as const],
  email: 'a@example.com',
  name: 'Ada',
};
const start = 1_800_000_000_000;
const file = {
  fileName: 'Holiday.mp4',
  contentType: 'video/mp4',
  sizeBytes: 2 * minPartBytes + 1,
  visibility: 'private' as const,
  partSizeBytes: minPartBytes,
};
const checksums = ['one', 'two', 'three'];
/** Of room for two files. */
const quota = { uploadsPerDay: 10, bytesPerDay: 2 * file.sizeBytes, keptBytes: 2 * file.sizeBytes };
const nextDay = start + 24 * 3600 * 1000;

function world(pause: Pause = async () => {}) {
  const { items: records, videos } = inMemoryVideos(pause);
  const { items: sessions, uploads } = inMemoryUploads(pause, records);
  const bucket = inMemoryBucket(pause);
  const executions = new Set<string>();
  const deps: UploadDeps = {
    uploads,
    videos,
    sources: bucket.sources,
    async begin({ videoId, uploadId }, now): Promise<RunInput | undefined> {
      const run = await recordUploaded({ videos }, { videoId, uploadId, now });
      await pause('start');
      if (run) executions.add(executionName(run));
      return run;
    },
  };
  const service = uploadService({ ...deps, quota, mediaConvert: { reach: 'clear', protection: 'clear' } });
  const begin = async () => {
    const session = await service.create(caller, file, start);
    if (isProblem(session)) throw new Error(session.code);
    return session;
  };
  const arrive = (...numbers: number[]) => {
    for (const parts of bucket.multiparts.values()) {
      for (const number of numbers) {
        parts.push({
          number,
          sizeBytes: number === 3 ? 1 : minPartBytes,
          checksum: checksums[number - 1] ?? '',
          etag: `e${number}`,
        });
      }
    }
  };
  return { deps, service, bucket, records, sessions, executions, begin, arrive };
}

describe('beginning an upload', () => {
  it('makes a video that is uploading, named after the file, with its source to be', async () => {
    const { begin, records } = world();
    const { videoId, uploadId, partCount } = await begin();
    expect(partCount).toBe(3);
    expect(records.get(videoId)).toMatchObject({
      ownerId: caller.userId,
      title: 'Holiday',
      state: 'uploading',
      attempt: 0,
      source: { key: `sources/${videoId}/${uploadId}`, sizeBytes: file.sizeBytes },
    });
  });

  it('is refused to other kinds of file and to more than 5 TB, before anything is made', async () => {
    const { service, bucket, records } = world();
    expect(await service.create(caller, { ...file, contentType: 'image/png' }, start)).toMatchObject({
      code: 'type-not-accepted',
    });
    expect(await service.create(caller, { ...file, sizeBytes: maxSourceBytes + 1 }, start)).toMatchObject({
      code: 'file-too-large',
    });
    expect(bucket.multiparts.size).toBe(0);
    expect(records.size).toBe(0);
  });

  it('leaves nothing that a creator would see if it fails halfway', async () => {
    for (const failing of ['s3.begin', 'uploads.create']) {
      const { begin, records, sessions } = world(async (step) => {
        if (step === failing) throw new Error('crash');
      });
      await expect(begin()).rejects.toThrow('crash');
      expect([records.size, sessions.size]).toEqual([0, 0]);
    }
  });
});

describe('signing parts', () => {
  it('binds each part to its checksum and to the length of its place', async () => {
    const { service, begin, bucket } = world();
    const { uploadId } = await begin();
    const parts = [1, 3].map((number) => ({ number, checksum: checksums[number - 1] ?? '' }));
    expect(await service.sign(uploadId, { parts }, start)).toMatchObject({ parts: [{ number: 1 }, { number: 3 }] });
    expect(bucket.signed).toMatchObject([
      { number: 1, sizeBytes: minPartBytes, checksum: 'one' },
      { number: 3, sizeBytes: 1, checksum: 'three' },
    ]);
  });

  it('tells whoever waits for the video how far its file is, until that is there', async () => {
    const { service, begin, arrive, records } = world();
    const { uploadId, videoId } = await begin();
    const sign = (number: number) => service.sign(uploadId, { parts: [{ number, checksum: 'x' }] }, start);
    await sign(1);
    expect(records.get(videoId)).toMatchObject({ progress: 1 / 3, version: 1 });
    await sign(3);
    await sign(2);
    expect(records.get(videoId)).toMatchObject({ progress: 1, version: 1 });
    arrive(1, 2, 3);
    await service.complete(uploadId, { checksums }, start);
    expect(records.get(videoId)).toMatchObject({ state: 'processing' });
    expect(records.get(videoId)?.progress).toBeUndefined();
  });

  it('is refused for parts that the file does not have', async () => {
    const { service, begin } = world();
    const { uploadId } = await begin();
    expect(await service.sign(uploadId, { parts: [{ number: 4, checksum: 'x' }] }, start)).toMatchObject({
      code: 'invalid-request',
    });
  });

  it('keeps the upload from expiring for as long as parts are asked for', async () => {
    const { service, deps, begin, sessions } = world();
    const { uploadId } = await begin();
    const later = start + (sessionLifetimeSeconds - 10) * 1000;
    await service.sign(uploadId, { parts: [{ number: 1, checksum: 'one' }] }, later);
    expect(await expireUploads(deps, later + 60_000)).toBe(0);
    expect(sessions.get(uploadId)?.state).toBe('open');
  });
});

describe('an upload that is not whole', () => {
  it('is not completed, and the parts to send again are named', async () => {
    const { service, begin, arrive, records } = world();
    const { uploadId, videoId } = await begin();
    arrive(1, 3);
    expect(await service.complete(uploadId, { checksums }, start)).toMatchObject({
      code: 'parts-missing',
      extra: { parts: [2] },
    });
    arrive(2);
    expect(await service.complete(uploadId, { checksums: ['one', 'two', 'other'] }, start)).toMatchObject({
      code: 'part-checksum-mismatch',
      extra: { parts: [3] },
    });
    expect(records.get(videoId)?.state).toBe('uploading');
  });

  it('ends when storage has lost it, so that the creator begins anew instead of waiting', async () => {
    const { service, begin, bucket, records } = world();
    const { uploadId, videoId } = await begin();
    bucket.multiparts.clear();
    expect(await service.get(uploadId, start)).toMatchObject({ state: 'expired', parts: [] });
    expect(await service.complete(uploadId, { checksums }, start)).toMatchObject({ code: 'upload-closed' });
    expect(records.get(videoId)?.state).toBe('deleted');
  });

  it('ends with its video a week after it was left', async () => {
    const { deps, begin, bucket, sessions, records } = world();
    const { uploadId, videoId } = await begin();
    expect(await expireUploads(deps, start + sessionLifetimeSeconds * 1000)).toBe(0);
    expect(await expireUploads(deps, start + sessionLifetimeSeconds * 1000 + 1)).toBe(1);
    expect(sessions.get(uploadId)?.state).toBe('expired');
    expect(records.get(videoId)?.state).toBe('deleted');
    expect(bucket.multiparts.size).toBe(0);
  });

  it('does not keep other uploads from expiring when it cannot be ended', async () => {
    let fails = true;
    const { deps, begin, sessions } = world(async (step) => {
      if (step === 's3.abort' && fails) {
        fails = false;
        throw new Error('no');
      }
    });
    const [first, second] = [await begin(), await begin()];
    await expect(expireUploads(deps, start + 8 * 86_400_000)).rejects.toThrow('1 uploads could not be ended');
    expect([sessions.get(first.uploadId)?.state, sessions.get(second.uploadId)?.state]).toEqual(['open', 'expired']);
  });
});

/** What people and machines do to one upload, all at once. */
const act = fc.constantFrom('complete', 'abort', 'expire', 'get');
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;

describe('whatever happens to a whole upload, in whatever order, with crashes at any step', () => {
  it('ends as one video in one run, or as none', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(act, { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(40), { maxLength: 4 }),
        async (scheduler, acts, crashes) => {
          let step = 0;
          let settled = true;
          const { deps, service, bucket, records, sessions, executions, begin, arrive } = world(async (name) => {
            if (settled) return;
            await scheduler.schedule(Promise.resolve(), name);
            step += 1;
            if (crashes.includes(step)) throw new Error('crash');
          });
          const { uploadId, videoId } = await begin();
          arrive(1, 2, 3);
          const later = start + 8 * 86_400_000;
          const doing: Record<Act, () => Promise<unknown>> = {
            complete: () => service.complete(uploadId, { checksums }, start),
            abort: () => service.abort(uploadId, start),
            expire: () => expireUploads(deps, later),
            get: () => service.get(uploadId, start),
          };
          settled = false;
          const done = Promise.allSettled(acts.map((what) => doing[what]()));
          await scheduler.waitFor(done);
          settled = true;
          // Somebody comes again, or the expiry does.
          const answer = await service.complete(uploadId, { checksums }, start);

          const video = records.get(videoId);
          const there = bucket.objects.has(`sources/${videoId}/${uploadId}`);
          expect(video).toMatchObject(there ? { state: 'processing', attempt: 1 } : { state: 'deleted', attempt: 0 });
          expect(sessions.get(uploadId)?.state === 'completed').toBe(there);
          expect([...executions]).toEqual(there ? [`${videoId}-1`] : []);
          expect(answer).toMatchObject(there ? { videoId, attempt: 1 } : { code: 'upload-closed' });
          expect(bucket.multiparts.size).toBe(0);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a wish for MediaConvert', () => {
  it('is met where the environment has it, for titles in the clear', async () => {
    const { service, records } = world();
    const made = await service.create(caller, { ...file, processing: { engine: 'mediaconvert' } }, start);
    if (isProblem(made)) throw new Error(made.code);
    expect(records.get(made.videoId)?.processing).toEqual({ engine: 'mediaconvert' });
  });

  it('is refused before anything is made, where our own key would have to be given away', async () => {
    const { service, records, sessions } = world();
    const processing = { engine: 'mediaconvert', protection: 'cbcs' } as const;
    expect(await service.create(caller, { ...file, processing }, start)).toMatchObject({
      code: 'engine-not-available',
    });
    expect([records.size, sessions.size]).toEqual([0, 0]);
  });
});

describe('a quota', () => {
  it('is taken by an upload as it begins, and a file that does not fit is refused without a trace', async () => {
    const { service, begin, bucket, records } = world();
    await begin();
    await begin();
    expect(await service.create(caller, file, start)).toMatchObject({
      code: 'quota-exceeded',
      extra: { quota: 'keptBytes', used: 2 * file.sizeBytes, allowed: 2 * file.sizeBytes },
    });
    expect([bucket.multiparts.size, records.size]).toEqual([2, 2]);
    expect(await service.quota(caller, start)).toMatchObject({
      uploadsPerDay: { used: 2, allowed: 10 },
      keptBytes: { used: 2 * file.sizeBytes },
      resetsAt: Math.ceil(start / (nextDay - start)) * (nextDay - start),
    });
  });

  it('is given back once by an upload that comes to nothing, however often it is given up', async () => {
    const { service, begin } = world();
    const { uploadId } = await begin();
    await Promise.all([service.abort(uploadId, start), service.abort(uploadId, start)]);
    expect(await service.quota(caller, start)).toMatchObject({
      uploadsPerDay: { used: 0 },
      bytesPerDay: { used: 0 },
      keptBytes: { used: 0 },
    });
  });

  it('of a day begins anew with the next, and what is kept does not', async () => {
    const { service, begin } = world();
    await begin();
    expect(await service.quota(caller, nextDay)).toMatchObject({
      uploadsPerDay: { used: 0 },
      bytesPerDay: { used: 0 },
      keptBytes: { used: file.sizeBytes },
    });
  });
});
