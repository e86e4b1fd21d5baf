import { putCaptionFile } from '../../platform/caption-files.ts';
import { s3Client } from '../../platform/clients/s3.ts';
import type { CaptionParts } from './captions.ts';
import { sentPictures } from './pictures.ts';
import { keptSources } from './sources.ts';

/** An answer has to come within the 28 s that API Gateway waits. */
const keepTimeoutMs = 20_000;

/** What the service keeps in S3, or signs for: few of its calls do, and S3's client is its largest. */
export function stored({ uploads, media }: { readonly uploads: string; readonly media: string }) {
  const s3 = s3Client();
  const pictures = sentPictures(s3, uploads);
  const sources = keptSources(s3, uploads);
  const keepCues: CaptionParts['keep'] = (videoId, cues) =>
    putCaptionFile(s3, media, videoId, cues, AbortSignal.timeout(keepTimeoutMs));
  return {
    signPicture: pictures.sign,
    sizeOfPicture: pictures.sizeOf,
    isSourceKept: sources.isKept,
    signSource: sources.sign,
    keepCues,
  };
}
