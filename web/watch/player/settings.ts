import type shaka from 'shaka-player/dist/shaka-player.hls-es2021.js';
import { patientAbrFactory } from './abr.ts';
import type { Shaka } from './shaka.ts';

/**
 * For segments that come late. The origin holds a request for a segment that is not encoded yet for up to 20 s, so
 * nothing shorter may end it; where it answers 404 or 503 instead, asking goes on for more than ten seconds.
 */
const patient = {
  maxAttempts: 8,
  baseDelay: 1000,
  backoffFactor: 1.2,
  fuzzFactor: 0.3,
  timeout: 60_000,
  stallTimeout: 25_000,
  connectionTimeout: 25_000,
};

/**
 * By so much, in seconds, a segment may begin later than its manifest says: sound comes in frames of 21 to 23 ms. Of a place that
 * is nearer to the beginning of its segment the one before it is fetched first. Shaka's own 2 s, for manifests that are
 * wrong, made half of all seeks wait for a segment that nobody looks at.
 */
const inaccuracySeconds = 0.05;

/** After all attempts the player starts over, this many seconds later. */
const retryDelaySeconds = 1;

export function playerSettings(library: Shaka, player: shaka.Player) {
  return {
    abrFactory: patientAbrFactory(library),
    manifest: {
      retryParameters: patient,
      // Text comes as files (text-tracks.ts): what HLS lists, Shaka places by the picture that comes after it was chosen.
      disableText: true,
      // Looking for captions would fetch the first, a middle and the last segment before playing.
      hls: { disableClosedCaptionsDetection: true },
    },
    streaming: {
      retryParameters: patient,
      inaccurateManifestTolerance: inaccuracySeconds,
      failureCallback: (error: shaka.util.Error) => {
        if (error.category === library.util.Error.Category.NETWORK) player.retryStreaming(retryDelaySeconds);
      },
    },
  };
}
