import type shaka from 'shaka-player/dist/shaka-player.hls-es2021.js';
import type { Shaka } from './shaka.ts';
import { transferSamples } from './transfer-samples.ts';

/** Shaka's rate adaptation, with samples that leave out the waiting for segments that are still being encoded. */
export function patientAbrFactory(library: Shaka): () => shaka.abr.SimpleAbrManager {
  class PatientAbrManager extends library.abr.SimpleAbrManager {
    #sample = transferSamples();

    override segmentDownloaded(
      deltaMs: number,
      bytes: number,
      allowSwitch: boolean,
      request?: shaka.extern.Request,
      context?: shaka.extern.RequestContext,
    ) {
      const sample = this.#sample({
        deltaMs,
        bytes,
        packetNumber: request?.packetNumber ?? undefined,
        timeToFirstByteMs: request?.timeToFirstByte ?? undefined,
      });
      // Without a sample Shaka still gets its turn to switch: no time is no sample to it.
      super.segmentDownloaded(sample?.deltaMs ?? 0, sample?.bytes ?? 0, allowSwitch, request, context);
    }
  }
  return () => new PatientAbrManager();
}
