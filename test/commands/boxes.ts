import { createFile, type ISOFile, MP4BoxBuffer } from 'mp4box';

/** A track as its initialization segment describes it. */
export interface InitFacts {
  readonly kind: 'audio' | 'video';
  /** RFC 6381, from the sample entry. */
  readonly codec: string;
  readonly timescale: number;
  /** Coded size of a video track. */
  readonly size?: { readonly width: number; readonly height: number };
  readonly channels?: number;
  readonly sampleRate?: number;
  /** Where in the media the presentation begins, in ticks, by the edit list; 0 without one. */
  readonly editStart: number;
  /** Defaults of Track Extends. */
  readonly defaultSampleDuration: number;
}

/** A media segment. Times in ticks of its track. */
export interface SegmentFacts {
  readonly bytes: number;
  readonly sequenceNumbers: readonly number[];
  readonly decodeTime: number;
  readonly samples: number;
  readonly duration: number;
  /** Of the first sample in order of presentation, counted from `decodeTime`. */
  readonly firstPresentation: number;
  /** Whether the first sample is an IDR picture; of audio, true. */
  readonly startsWithSync: boolean;
  /** Samples that are IDR pictures; of audio, all. */
  readonly syncSamples: number;
}

function parsed(bytes: Uint8Array): ISOFile {
  const file = createFile();
  let fault: string | undefined;
  file.onError = (_module: string, message: string) => {
    fault = message;
  };
  file.appendBuffer(MP4BoxBuffer.fromArrayBuffer(bytes.slice().buffer, 0), true);
  file.flush();
  if (fault !== undefined) throw new Error(`not ISO BMFF: ${fault}`);
  return file;
}

/** @throws Error if the bytes are not an initialization segment of one track. */
export function readInit(bytes: Uint8Array): InitFacts {
  const file = parsed(bytes);
  const info = file.moov ? file.getInfo() : undefined;
  const [track, ...others] = info?.tracks ?? [];
  if (!track || others.length > 0)
    throw new Error(`an initialization segment of one track has ${info?.tracks.length ?? 'no'} tracks`);
  if (track.type !== 'audio' && track.type !== 'video') throw new Error(`a track of type ${track.type}`);
  return {
    kind: track.type,
    codec: track.codec,
    timescale: track.timescale,
    ...(track.video ? { size: { width: track.video.width, height: track.video.height } } : {}),
    ...(track.audio ? { channels: track.audio.channel_count, sampleRate: track.audio.sample_rate } : {}),
    editStart: track.edits?.[0]?.media_time ?? 0,
    defaultSampleDuration: file.moov?.mvex?.trexs[0]?.default_sample_duration ?? 0,
  };
}

/** @throws Error if the bytes are not a media segment of one track. */
export function readSegment(bytes: Uint8Array, init: InitFacts): SegmentFacts {
  const file = parsed(bytes);
  const [first] = file.moofs;
  if (!first) throw new Error('a segment without moof');
  let samples = 0;
  let duration = 0;
  let firstPresentation = Number.POSITIVE_INFINITY;
  const idr: boolean[] = [];
  for (const moof of file.moofs) {
    const [traf, ...others] = moof.trafs;
    if (moof.start === undefined || !traf || others.length > 0)
      throw new Error(`a fragment of ${moof.trafs.length} tracks`);
    const { tfhd, truns } = traf;
    const defaultDuration = tfhd.default_sample_duration || init.defaultSampleDuration;
    for (const run of truns) {
      let offset = moof.start + run.data_offset;
      for (let i = 0; i < run.sample_count; i++) {
        firstPresentation = Math.min(firstPresentation, duration + (run.sample_composition_time_offset[i] ?? 0));
        duration += run.sample_duration[i] ?? defaultDuration;
        const size = run.sample_size[i] ?? tfhd.default_sample_size;
        idr.push(init.kind === 'audio' || isIdr(bytes.subarray(offset, offset + size)));
        offset += size;
      }
      samples += run.sample_count;
    }
  }
  return {
    bytes: bytes.length,
    sequenceNumbers: file.moofs.map((moof) => moof.mfhd.sequence_number),
    decodeTime: first.trafs[0]?.tfdt.baseMediaDecodeTime ?? 0,
    samples,
    duration,
    firstPresentation,
    startsWithSync: idr[0] ?? false,
    syncSamples: idr.filter(Boolean).length,
  };
}

/** Whether an AVC sample holds a slice of an IDR picture: NAL unit type 5 (ISO/IEC 14496-10 table 7-1), lengths of 4 bytes. */
function isIdr(sample: Uint8Array): boolean {
  const view = new DataView(sample.buffer, sample.byteOffset, sample.byteLength);
  for (let at = 0; at + 5 <= sample.length; at += 4 + view.getUint32(at)) {
    const type = view.getUint8(at + 4) & 0x1f;
    if (type === 5) return true;
    if (type === 1) return false;
  }
  return false;
}
