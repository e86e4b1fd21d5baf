import * as z from 'zod';
import { videoFailed, videoRejected } from '../../domain/events/events.ts';
import type { RunInput } from '../../domain/jobs/jobs.ts';
import { maxDetailLength, Reason, ReasonCode, reasons } from '../../domain/video/reasons.ts';
import type { Services } from './services.ts';

/** Why a run ends without a stream: a stage's reason, or an error as Step Functions caught it. */
export const Why = z.union([
  z.object({ reason: Reason }),
  z.object({ Error: z.string(), Cause: z.string().optional() }),
]);
export type Why = z.infer<typeof Why>;

/** Every end has a typed reason: workers name theirs by its code, the rest is ours to look into. */
export function reasonOf(why: Why): Reason {
  if ('reason' in why) return why.reason;
  const code = ReasonCode.safeParse(why.Error);
  const cause = why.Cause ?? '';
  if (code.success) return { code: code.data, detail: cause.slice(0, maxDetailLength) };
  const detail = `${why.Error}: ${cause}`.slice(0, maxDetailLength);
  return { code: why.Error === 'States.Timeout' ? 'timed-out' : 'internal', detail };
}

/**
 * Records the end and tells the platform, at least once. A run that a newer attempt has overtaken, or a video that is
 * settled otherwise, changes nothing. `cancelled`: nobody wanted it any more, which is no fault.
 */
export async function endRun(
  { videos, publish, now }: Pick<Services, 'videos' | 'publish' | 'now'>,
  { videoId, attempt }: RunInput,
  reason: Reason,
): Promise<{ end: 'rejected' | 'failed' | 'cancelled'; reason: Reason }> {
  if (reason.code === 'cancelled') return { end: 'cancelled', reason };
  const { end } = reasons[reason.code];
  const moved = await videos.moveTo(videoId, end, { set: { reason }, onlyIf: { attempt } }, now());
  const video = moved ?? (await videos.get(videoId));
  if (video?.attempt === attempt && video.state === end) {
    await publish(end === 'rejected' ? videoRejected : videoFailed, {
      videoId,
      ownerId: video.ownerId,
      attempt,
      reason,
    });
  }
  return { end, reason };
}
