import { type Problem, problem } from '../../domain/api/problems.ts';
import type { AnswerOf, BodyOf } from '../../domain/api/route.ts';
import type { UploadId } from '../../domain/ids.ts';
import type { JobMessage } from '../../domain/jobs/jobs.ts';
import { partUrlLifetimeSeconds } from '../../domain/upload/parts.ts';
import { peekEnds } from '../../domain/upload/peek.ts';
import { reasons } from '../../domain/video/reasons.ts';
import type { Video } from '../../domain/video/video.ts';
import type { SendJobs } from '../../platform/job-queues.ts';
import type { Jobs } from '../../platform/records/jobs/jobs.ts';
import type { UploadDeps } from './ending.ts';
import type { EndToSign, Peeks } from './peeks.ts';
import { closed, notFound } from './refusals.ts';
import type { routes } from './routes.ts';
import { peekRangesOf, type Upload } from './store.ts';

type Routes = typeof routes;
type Answer<R extends keyof Routes> = Promise<AnswerOf<Routes[R]> | Problem>;

export interface PeekDeps extends Pick<UploadDeps, 'uploads' | 'videos'> {
  readonly peeks: Peeks;
  readonly jobs: Pick<Jobs, 'createJob' | 'getJob'>;
  readonly sendJobs: SendJobs;
}

/** The run that a peek is made ahead of: the next one. */
const runOf = ({ videoId, attempt }: Video) => ({ videoId, attempt: attempt + 1 });

/** Both ends as the client announces them, of the lengths that their places demand; undefined for a file without a peek. */
function endsOf(upload: Upload, checksums: BodyOf<Routes['signPeek']>): EndToSign[] | undefined {
  const ranges = peekRangesOf(upload);
  return (
    ranges?.head &&
    peekEnds.map((end) => ({ end, sizeBytes: ranges[end].to - ranges[end].from, checksum: checksums[end] }))
  );
}

const tooSmall = () => problem('invalid-request', 'A file of this size has no peek: send its parts.');

/** What is sent ahead of a file, and what is seen in it. */
export function peekService({ uploads, videos, peeks, jobs, sendJobs }: PeekDeps) {
  return {
    async sign(uploadId: UploadId, body: BodyOf<Routes['signPeek']>, now: number): Answer<'signPeek'> {
      const upload = await uploads.get(uploadId);
      if (upload === undefined) return notFound();
      if (upload.state !== 'open') return closed(upload.state);
      const ends = endsOf(upload, body);
      if (ends === undefined) return tooSmall();
      const [head, tail] = await Promise.all(ends.map((end) => peeks.sign(upload, end)));
      if (head === undefined || tail === undefined) throw new Error('a peek has two ends');
      return { head, tail, expiresAt: now + partUrlLifetimeSeconds * 1000 };
    },

    /**
     * Has the peek looked at, once for each run: of any number of callers one writes the job's record, and sends it. What
     * a crash in between loses is a shortcut.
     */
    async begin(uploadId: UploadId, body: BodyOf<Routes['beginPeek']>): Answer<'beginPeek'> {
      const upload = await uploads.get(uploadId);
      if (upload === undefined) return notFound();
      if (upload.state !== 'open') return closed(upload.state);
      const ends = endsOf(upload, body);
      if (ends === undefined) return tooSmall();
      const held = await Promise.all(ends.map((end) => peeks.holds(upload, end)));
      const missing = ends.filter((_, i) => !held[i]).map(({ end }) => end);
      if (missing.length > 0) {
        return problem('peek-incomplete', `Not stored with these checksums: ${missing.join(' and ')}.`, { missing });
      }
      const video = await videos.get(upload.videoId);
      if (video?.state !== 'uploading') return closed('completed');
      const run = runOf(video);
      const message: JobMessage = { kind: 'peek', ...run, uploadId, ...body };
      if (await jobs.createJob(run, message)) await sendJobs([message]);
      return undefined;
    },

    async get(uploadId: UploadId): Answer<'getPeek'> {
      const upload = await uploads.get(uploadId);
      const video = upload && (await videos.get(upload.videoId));
      if (video === undefined) return notFound();
      const nothing = { durationSeconds: null, rungs: [], reason: null, poster: null };
      const { peek, reason } = video;
      if (peek?.uploadId !== uploadId) {
        const asked = await jobs.getJob(runOf(video), 'peek');
        return { verdict: asked ? 'pending' : 'none', isOver: false, ...nothing };
      }
      const { verdict, isOver } = peek;
      if (verdict === 'unknown') return { verdict, isOver, ...nothing };
      if (verdict === 'rejected') {
        const said = reason && { code: reason.code, sentence: reasons[reason.code].sentence };
        return { verdict, isOver, ...nothing, reason: said ?? null };
      }
      const poster = isOver ? await peeks.poster({ videoId: video.videoId, uploadId }) : undefined;
      return {
        verdict,
        isOver,
        durationSeconds: video.durationSeconds ?? null,
        rungs: video.rungs ?? [],
        reason: null,
        poster: poster ? `data:image/jpeg;base64,${Buffer.from(poster).toString('base64')}` : null,
      };
    },
  };
}
