import { VideoId } from '../../domain/ids.ts';
import { Failure } from '../failure.ts';

export const pageUrl = (site: string, videoId: VideoId) => `${site}/watch/${videoId}`;

export function parseId(given: string): VideoId {
  const parsed = VideoId.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new Failure('id-invalid', `"${given}" is not the id of a video. See: sluice videos`);
}
