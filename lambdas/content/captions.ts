import { type Problem, problem } from '../../domain/api/problems.ts';
import type { BodyOf } from '../../domain/api/route.ts';
import { captionsChanged } from '../../domain/events/events.ts';
import type { VideoId } from '../../domain/ids.ts';
import {
  type Caption,
  canonicalLanguage,
  captionLabel,
  captionsOfRun,
  maxCaptionTracks,
  withCaption,
} from '../../domain/media/captions/captions.ts';
import { type Cue, fitted } from '../../domain/media/captions/cues.ts';
import { CaptionFault, parseCaptions } from '../../domain/media/captions/parse.ts';
import { captionsKey } from '../../domain/media/paths.ts';
import type { Video } from '../../domain/video/video.ts';
import type { CaptionFile } from '../../platform/caption-files.ts';
import type { Publish } from '../../platform/clients/events.ts';
import { changeVideo } from '../../platform/records/change.ts';
import type { Videos } from '../../platform/records/videos.ts';
import type { CreatorCaption, captionRoutes } from './caption-routes.ts';

type Sent = BodyOf<(typeof captionRoutes)['putCaptions']>;

export interface CaptionParts {
  readonly videos: Pick<Videos, 'get' | 'change'>;
  /** Keeps cues of a video as a file that never changes. */
  readonly keep: (videoId: VideoId, cues: readonly Cue[]) => Promise<CaptionFile>;
  readonly publish: Publish;
}

const notFound = () => problem('video-not-found', 'There is no such video, or it is not yours.');
const invalid = (fault: CaptionFault) =>
  problem('captions-invalid', fault.sentence, {
    fault: fault.code,
    ...(fault.line === undefined ? {} : { line: fault.line }),
  });

const creatorCaption = (
  videoId: VideoId,
  { attempt: _run, digest, sizeBytes: _bytes, ...caption }: Caption,
): CreatorCaption => ({ ...caption, file: `/${captionsKey(videoId, digest)}` });

/** What a creator does with the captions of a video, once it is known to be theirs. */
export function captionsService({ videos, keep, publish }: CaptionParts) {
  const existing = async (videoId: VideoId): Promise<Video | undefined> => {
    const video = await videos.get(videoId);
    return video?.state === 'deleted' ? undefined : video;
  };

  /** A video that was never processed has no manifests that would have to follow. */
  const tell = async ({ videoId, ownerId, attempt }: Video): Promise<void> => {
    if (attempt > 0) await publish(captionsChanged, { videoId, ownerId, attempt });
  };

  return {
    async list(videoId: VideoId): Promise<{ captions: CreatorCaption[] } | Problem> {
      const video = await existing(videoId);
      if (video === undefined) return notFound();
      const captions = captionsOfRun(video.captions, video.attempt);
      return { captions: captions.map((caption) => creatorCaption(videoId, caption)) };
    },

    /** The file, then the record, then the event; each may be repeated, and a repeated call repeats them all. */
    async put(videoId: VideoId, name: string, sent: Sent, now: number): Promise<CreatorCaption | Problem> {
      const video = await existing(videoId);
      if (video === undefined) return notFound();
      const cues = parseCaptions(sent.text);
      if (cues instanceof CaptionFault) return invalid(cues);
      const { durationSeconds } = video;
      const durationMs = durationSeconds === undefined ? Number.POSITIVE_INFINITY : Math.round(durationSeconds * 1000);
      const shown = fitted(cues, { offsetMs: 0, durationMs });
      if (shown.length === 0)
        return invalid(new CaptionFault('empty', `All cues come after the end of the video, ${durationSeconds} s.`));
      const language = canonicalLanguage(sent.language) ?? sent.language;
      const caption: Caption = {
        name,
        language,
        kind: sent.kind,
        label: captionLabel(sent.label, language, sent.kind),
        origin: 'uploaded',
        ...(await keep(videoId, shown)),
        updatedAt: now,
      };
      let full = false;
      const changed = await changeVideo(
        videos,
        videoId,
        (current) => {
          const captions = withCaption(captionsOfRun(current.captions, current.attempt), caption);
          full = captions.length > maxCaptionTracks;
          return full ? undefined : { set: { captions } };
        },
        now,
      );
      if (full) return problem('too-many-captions', `A video may have ${maxCaptionTracks} tracks of text.`);
      if (changed === undefined) return notFound();
      await tell(changed);
      return creatorCaption(videoId, caption);
    },

    async remove(videoId: VideoId, name: string, now: number): Promise<undefined | Problem> {
      const changed = await changeVideo(
        videos,
        videoId,
        ({ captions = [] }) => {
          const left = captions.filter((caption) => caption.name !== name);
          return left.length < captions.length ? { set: { captions: left } } : undefined;
        },
        now,
      );
      if (changed === undefined) {
        const video = await existing(videoId);
        if (video === undefined) return notFound();
        // The call before this one may have taken them away and not got to say so.
        await tell(video);
        return problem('captions-not-found', `The video has no captions named ${name}.`);
      }
      await tell(changed);
      return undefined;
    },
  };
}
