import type { VideoId } from '../../domain/ids.ts';
import { OutOfTime } from '../../platform/object-removal.ts';
import { removeLeftovers } from './leftovers.ts';
import type { Parts, Span } from './parts.ts';
import { purge, sweepAgain } from './purge.ts';

/**
 * Removes what is due, for as long as the call may work; the next one goes on where it ended. A video that fails keeps no other
 * from it.
 * @throws AggregateError of the failures, at the end.
 */
export async function sweep(parts: Parts, span: Span): Promise<{ removed: number }> {
  const failures: Error[] = [];
  let removed = 0;
  for await (const videoId of parts.removals.due(span.now)) {
    try {
      await remove(parts, videoId, span);
      removed += 1;
    } catch (error) {
      if (error instanceof OutOfTime) break;
      failures.push(new Error(`${videoId}: ${String(error)}`, { cause: error }));
    }
  }
  // The runtime shows an error's message and no more: the alarm leads to it.
  if (failures.length > 0) throw new AggregateError(failures, failures.map(({ message }) => message).join('; '));
  return { removed };
}

async function remove(parts: Parts, videoId: VideoId, span: Span): Promise<void> {
  // The index lags behind the record.
  const found = await parts.removals.find(videoId);
  if (found === undefined) return;
  if (found.is === 'tombstone') return sweepAgain(parts, found.tombstone, span);
  const { video } = found;
  if ((video.removalAt ?? Number.POSITIVE_INFINITY) > span.now) return;
  return video.state === 'deleted' ? purge(parts, video, span) : removeLeftovers(parts, video, span);
}
