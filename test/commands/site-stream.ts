import type { VideoId } from '../../domain/ids.ts';
import { dashManifestKey, hlsMasterKey } from '../../domain/media/paths.ts';
import { localCloud } from './local-cloud.ts';
import type { Stream } from './stream-check.ts';

/** A published title as viewers get it: through the site. */
export const siteStream = (videoId: VideoId, attempt = 1): Stream => ({
  async read(path) {
    const answer = await fetch(localCloud().site + path);
    if (!answer.ok) throw new Error(`${path} is answered ${answer.status}`);
    return answer.bytes();
  },
  hls: `/${hlsMasterKey(videoId, attempt)}`,
  dash: `/${dashManifestKey(videoId, attempt)}`,
});
