import type { Caller } from '../../domain/access/policy.ts';
import { isProblem, type Problem, problem } from '../../domain/api/problems.ts';
import type { AnswerOf, BodyOf, QueryOf } from '../../domain/api/route.ts';
import type { UploadId } from '../../domain/ids.ts';
import { sourceKey } from '../../domain/media/paths.ts';
import { whatIsIncomplete } from '../../domain/upload/completion.ts';
import { firstLookAt } from '../../domain/upload/expiry.ts';
import {
  maxSourceBytes,
  partCount,
  partLength,
  partSizeBytes,
  partUrlLifetimeSeconds,
  sessionLifetimeSeconds,
} from '../../domain/upload/parts.ts';
import { progressOfSending } from '../../domain/upload/progress.ts';
import { exceededBy, type UploadQuota, usedAt } from '../../domain/upload/quota.ts';
import { titleFromFileName } from '../../domain/upload/title.ts';
import { acceptedExtensions, sourceContentType } from '../../domain/upload/types.ts';
import type { Video } from '../../domain/video/video.ts';
import { newUploadId, newVideoId } from '../../platform/ids.ts';
import { giveUp, type UploadDeps } from './ending.ts';
import { quotaAnswer, quotaExceeded } from './quota.ts';
import { closed, deletedMeanwhile, type MediaConvertTitles, notFound, unreachable, uselessness } from './refusals.ts';
import { changedMeanwhile, replaceable, unwanted } from './replacing.ts';
import type { routes } from './routes.ts';
import { peekRangesOf, type Upload } from './store.ts';

type Routes = typeof routes;
type Answer<R extends keyof Routes> = Promise<AnswerOf<Routes[R]> | Problem>;

/** A session that signs parts is alive: its expiry moves on, but not with every request. */
const postponeEverySeconds = 3600;

const multipartOf = (upload: Upload) => ({
  key: sourceKey(upload.videoId, upload.uploadId),
  multipartId: upload.multipartId,
});

const asSession = (upload: Upload) => ({
  uploadId: upload.uploadId,
  videoId: upload.videoId,
  replaces: upload.replaces === true,
  state: upload.state,
  fileName: upload.fileName,
  sizeBytes: upload.sizeBytes,
  partSizeBytes: upload.partSizeBytes,
  partCount: partCount(upload.sizeBytes, upload.partSizeBytes),
  peek: peekRangesOf(upload),
  createdAt: upload.createdAt,
  expiresAt: upload.expiresAt,
});

/** What happens to an upload, from its first byte to the start of its video's run. */
export function uploadService(
  deps: UploadDeps & { readonly mediaConvert: MediaConvertTitles; readonly quota: UploadQuota },
) {
  const { uploads, videos, sources, begin, quota } = deps;

  /** Ends an upload whose video was deleted, or whose file was rejected on its way; what to tell whoever sends it, or undefined. */
  const refused = async (upload: Upload, now: number, known?: Video): Promise<Problem | undefined> => {
    const video = known ?? (await videos.get(upload.videoId));
    const useless = deletedMeanwhile(video) ?? (upload.replaces ? undefined : uselessness(video));
    if (useless && upload.state === 'open') await giveUp(deps, upload, 'aborted', now);
    return useless;
  };

  return {
    /**
     * S3's multipart upload first, then upload and video in one transaction: a crash between leaves an empty multipart
     * upload that nobody has a URL for and that the bucket's own rule removes, never a video that nothing can fill.
     */
    async create(caller: Caller, body: BodyOf<Routes['createUpload']>, now: number): Answer<'createUpload'> {
      const contentType = sourceContentType(body.contentType, body.fileName);
      if (contentType === undefined) {
        return problem('type-not-accepted', `Upload one of these: ${acceptedExtensions.join(', ')}.`, {
          accepted: acceptedExtensions,
        });
      }
      if (body.sizeBytes > maxSourceBytes) {
        return problem('file-too-large', 'The file is too large: 5 TB is the limit.', {
          maxBytes: maxSourceBytes,
        });
      }
      const refusal = unreachable(body.processing, deps.mediaConvert);
      if (refusal) return refusal;
      const replaced = body.replaces && (await replaceable(videos, body.replaces, caller));
      if (isProblem(replaced)) return replaced;
      const seen = await uploads.quotaUse(caller.userId);
      const exceeded = exceededBy(quota, usedAt(seen, now), body.sizeBytes);
      if (exceeded) return quotaExceeded(exceeded, quota, seen, now);
      const [uploadId, videoId, ownerId] = [newUploadId(), replaced?.videoId ?? newVideoId(), caller.userId];
      const { fileName, sizeBytes } = body;
      const key = sourceKey(videoId, uploadId);
      const { multipartId } = await sources.begin(key, contentType);
      const upload: Upload = {
        uploadId,
        videoId,
        ownerId,
        state: 'open',
        fileName,
        contentType,
        sizeBytes,
        partSizeBytes: partSizeBytes(sizeBytes, body.partSizeBytes),
        multipartId,
        createdAt: now,
        expiresAt: now + sessionLifetimeSeconds * 1000,
        ...(replaced && { replaces: true }),
      };
      const source = { key, uploadId, fileName, contentType, sizeBytes };
      const room = { quota, seen };
      if (replaced) {
        const refused = await uploads.createReplacing(upload, replaced, source, room);
        if (refused === undefined) return asSession(upload);
        await sources.abort({ key, multipartId });
        return refused === 'changed' ? changedMeanwhile() : quotaExceeded(refused.part, quota, refused.use, now);
      }
      const video: Video = {
        videoId,
        ownerId,
        title: body.title ?? titleFromFileName(fileName),
        visibility: body.visibility,
        state: 'uploading',
        attempt: 0,
        version: 1,
        createdAt: now,
        updatedAt: now,
        source,
        ...(body.processing && { processing: body.processing }),
      };
      const full = await uploads.create(upload, video, room);
      if (full) {
        await sources.abort({ key, multipartId });
        return quotaExceeded(full.part, quota, full.use, now);
      }
      return asSession(upload);
    },

    async list(caller: Caller, query: QueryOf<Routes['listUploads']>): Answer<'listUploads'> {
      const page = await uploads.listOpen(caller.userId, { limit: query.limit, cursor: query.cursor });
      return { uploads: page.uploads.map(asSession), cursor: page.cursor };
    },

    async quota(caller: Caller, now: number): Answer<'getQuota'> {
      return quotaAnswer(quota, await uploads.quotaUse(caller.userId), now);
    },

    async get(uploadId: UploadId, now: number): Answer<'getUpload'> {
      const upload = await uploads.get(uploadId);
      if (upload === undefined) return notFound();
      if (upload.state !== 'open') return { ...asSession(upload), parts: [] };
      const parts = await sources.parts(multipartOf(upload));
      if (parts !== 'gone') {
        return {
          ...asSession(upload),
          parts: parts.map(({ number, sizeBytes, checksum }) => ({ number, sizeBytes, checksum })),
        };
      }
      const state = await giveUp(deps, upload, 'expired', now);
      return { ...asSession(upload), state, parts: [] };
    },

    async sign(uploadId: UploadId, body: BodyOf<Routes['signParts']>, now: number): Answer<'signParts'> {
      const upload = await uploads.get(uploadId);
      if (upload === undefined) return notFound();
      const video = await videos.get(upload.videoId);
      const useless = await refused(upload, now, video);
      if (useless) return useless;
      if (upload.state !== 'open') return closed(upload.state);
      const count = partCount(upload.sizeBytes, upload.partSizeBytes);
      const beyond = body.parts.find((part) => part.number > count);
      if (beyond) return problem('invalid-request', `The file has ${count} parts; there is no part ${beyond.number}.`);

      const expiresAt = now + sessionLifetimeSeconds * 1000;
      if (expiresAt - upload.expiresAt >= postponeEverySeconds * 1000) await uploads.postpone(uploadId, expiresAt);
      const parts = await Promise.all(
        body.parts.map(async ({ number, checksum }) => {
          const sizeBytes = partLength(upload.sizeBytes, upload.partSizeBytes, number);
          return { number, ...(await sources.sign(multipartOf(upload), { number, sizeBytes, checksum })) };
        }),
      );
      const numbers = body.parts.map(({ number }) => number);
      const progress = upload.replaces ? undefined : progressOfSending(numbers, count, video?.progress);
      if (progress !== undefined) await videos.note(upload.videoId, { attempt: 0, progress }, now);
      return { parts, expiresAt: now + partUrlLifetimeSeconds * 1000 };
    },

    /**
     * Each step can be repeated and raced, and the upload is closed last: whoever comes again after a crash, or from a
     * second tab at the same time, goes through the same steps to the same video and run.
     */
    async complete(uploadId: UploadId, body: BodyOf<Routes['completeUpload']>, now: number): Answer<'completeUpload'> {
      const upload = await uploads.get(uploadId);
      if (upload === undefined) return notFound();
      const { videoId } = upload;
      if (upload.state === 'completed' && upload.attempt !== undefined)
        return { uploadId, videoId, attempt: upload.attempt };
      const useless = await refused(upload, now);
      if (useless) return useless;
      if (upload.state !== 'open') return closed(upload.state);

      const multipart = multipartOf(upload);
      let stored: 'completed' | 'busy' | 'gone' = 'gone';
      const parts = await sources.parts(multipart);
      if (parts !== 'gone') {
        const incomplete = whatIsIncomplete(upload, body.checksums, parts);
        if (incomplete) return problem(incomplete.code, incomplete.detail, { parts: incomplete.parts });
        // From here on the file may be whole without anybody left who knows.
        await uploads.completing(uploadId, { since: now, expiresAt: firstLookAt(now) });
        stored = await sources.complete(multipart, parts.slice(0, body.checksums.length), upload.sizeBytes);
      }
      if (stored === 'busy')
        return problem('unavailable', 'The upload is being completed or changed by another request; try again.');
      if (stored === 'gone' && !(await sources.exists(multipart.key))) {
        await giveUp(deps, upload, 'expired', now);
        return closed('open');
      }
      const run = await begin(upload, now);
      if (run === undefined) {
        return (await refused(upload, now)) ?? (await unwanted(videos, upload));
      }
      await uploads.close(upload, { state: 'completed', attempt: run.attempt });
      return { uploadId, videoId, attempt: run.attempt };
    },

    /** Giving up what is given up already is fine; what has been completed is a video and is deleted as one. */
    async abort(uploadId: UploadId, now: number): Answer<'abortUpload'> {
      const upload = await uploads.get(uploadId);
      if (upload === undefined) return notFound();
      const state = upload.state === 'open' ? await giveUp(deps, upload, 'aborted', now) : upload.state;
      return state === 'completed' ? closed(state) : undefined;
    },

    async ownerOf(uploadId: UploadId) {
      return (await uploads.get(uploadId))?.ownerId;
    },
  };
}
