import type { UploadId, VideoId } from '../../../domain/ids.ts';
import { exceededBy, type QuotaUse, usedAt } from '../../../domain/upload/quota.ts';
import { statesBefore } from '../../../domain/video/life-cycle.ts';
import type { Video } from '../../../domain/video/video.ts';
import type { ListedPart, Sources } from '../../../lambdas/upload/multipart.ts';
import type { Upload, Uploads } from '../../../lambdas/upload/store.ts';
import type { VideoChange, Videos } from '../../../platform/records/videos.ts';

/** Waited for before each access: where a test lets other calls in between, or the process die. */
export type Pause = (step: string) => Promise<void>;

/** The videos table, with its conditions. */
export function inMemoryVideos(pause: Pause) {
  const items = new Map<VideoId, Video>();
  const change = async (videoId: VideoId, { set, remove = [], onlyIf = {} }: VideoChange, now: number) => {
    await pause('videos.change');
    const video = items.get(videoId);
    if (
      !video ||
      (!onlyIf.state && video.state === 'deleted') ||
      (onlyIf.state && !onlyIf.state.includes(video.state)) ||
      (onlyIf.attempt !== undefined && onlyIf.attempt !== video.attempt) ||
      (onlyIf.version !== undefined && onlyIf.version !== video.version)
    ) {
      return undefined;
    }
    const kept = Object.fromEntries(Object.entries(video).filter(([name]) => !remove.some((gone) => gone === name)));
    const changed = { ...kept, ...set, version: video.version + 1, updatedAt: now } as Video;
    items.set(videoId, changed);
    return changed;
  };
  const videos: Pick<Videos, 'get' | 'change' | 'moveTo' | 'note'> = {
    async get(videoId) {
      await pause('videos.get');
      return items.get(videoId);
    },
    change,
    async note(videoId, { attempt, progress = 0 }, now) {
      await pause('videos.note');
      const video = items.get(videoId);
      if (video?.attempt === attempt && progress > (video.progress ?? 0))
        items.set(videoId, { ...video, progress, updatedAt: now });
    },
    moveTo: (videoId, state, what, now) =>
      change(
        videoId,
        { ...what, set: { ...what.set, state }, onlyIf: { state: statesBefore(state), ...what.onlyIf } },
        now,
      ),
  };
  return { items, videos: videos as Videos };
}

/** The uploads table. */
export function inMemoryUploads(pause: Pause, videos: Map<VideoId, Video>) {
  const items = new Map<UploadId, Upload>();
  const whileOpen = async (step: string, uploadId: UploadId, change: Partial<Upload>) => {
    await pause(step);
    const upload = items.get(uploadId);
    if (upload?.state === 'open') items.set(uploadId, { ...upload, ...change });
  };
  const uses = new Map<string, QuotaUse>();
  const take = ({ ownerId, sizeBytes, createdAt }: Upload, sign: 1 | -1) => {
    const use = usedAt(uses.get(ownerId), createdAt);
    uses.set(ownerId, {
      ...use,
      uploadsPerDay: use.uploadsPerDay + sign,
      bytesPerDay: use.bytesPerDay + sign * sizeBytes,
      keptBytes: use.keptBytes + sign * sizeBytes,
    });
  };
  const uploads: Uploads = {
    async get(uploadId) {
      await pause('uploads.get');
      return items.get(uploadId);
    },
    async quotaUse(ownerId) {
      return uses.get(ownerId);
    },
    async create(upload, video, { quota }) {
      await pause('uploads.create');
      const use = usedAt(uses.get(upload.ownerId), upload.createdAt);
      const part = exceededBy(quota, use, upload.sizeBytes);
      if (part !== undefined) return { part, use };
      take(upload, 1);
      items.set(upload.uploadId, upload);
      videos.set(video.videoId, video);
    },
    async createReplacing(upload, { videoId, version, state }, replacement, { quota }) {
      await pause('uploads.createReplacing');
      const use = usedAt(uses.get(upload.ownerId), upload.createdAt);
      const part = exceededBy(quota, use, upload.sizeBytes);
      if (part !== undefined) return { part, use };
      const video = videos.get(videoId);
      if (video?.version !== version || video.state !== state) return 'changed';
      take(upload, 1);
      items.set(upload.uploadId, upload);
      videos.set(videoId, { ...video, replacement, version: version + 1 });
    },
    async close(upload, end) {
      await pause('uploads.close');
      const known = items.get(upload.uploadId);
      if (known?.state !== 'open') return;
      items.set(upload.uploadId, { ...known, ...end });
      if (end.state !== 'completed') take(upload, -1);
    },
    completing: (uploadId, { since, expiresAt }) =>
      whileOpen('uploads.completing', uploadId, { completingSince: since, expiresAt }),
    postpone: (uploadId, expiresAt) => whileOpen('uploads.postpone', uploadId, { expiresAt }),
    async listOpen(ownerId) {
      return {
        uploads: [...items.values()].filter((upload) => upload.ownerId === ownerId && upload.state === 'open'),
        cursor: null,
      };
    },
    async *expired(now) {
      for (const upload of [...items.values()])
        if (upload.state === 'open' && upload.expiresAt < now) yield upload.uploadId;
    },
  };
  return { items, uploads };
}

/** The uploads bucket, as S3 decides between completion and abort: whichever comes first. */
export function inMemoryBucket(pause: Pause) {
  const multiparts = new Map<string, ListedPart[]>();
  const objects = new Set<string>();
  const signed: { key: string; number: number; sizeBytes: number; checksum: string }[] = [];
  let begun = 0;
  const sources: Sources = {
    async begin(key) {
      await pause('s3.begin');
      begun += 1;
      multiparts.set(`m${begun}`, []);
      return { key, multipartId: `m${begun}` };
    },
    async parts({ multipartId }) {
      await pause('s3.parts');
      return multiparts.get(multipartId) ?? 'gone';
    },
    async sign({ key }, part) {
      signed.push({ key, ...part });
      return { url: `https://bucket.example/${key}`, headers: { 'x-amz-checksum-sha256': part.checksum } };
    },
    async complete({ key, multipartId }) {
      await pause('s3.complete');
      if (!multiparts.delete(multipartId)) return 'gone';
      objects.add(key);
      return 'completed';
    },
    async abort({ multipartId }) {
      await pause('s3.abort');
      multiparts.delete(multipartId);
    },
    async exists(key) {
      await pause('s3.exists');
      return objects.has(key);
    },
  };
  return { multiparts, objects, signed, sources };
}
