import { createFile, type ISOFile, MP4BoxBuffer } from 'mp4box';

/** A track as its initialization segment describes it. */
export interface InitFacts {
  readonly kind: 'audio' | 'video';
  /** RFC 6381, from the sample entry; of an encrypted track, as it was before. */
  readonly codec: string;
  readonly timescale: number;
  /** Coded size of a video track. */
  readonly size?: { readonly width: number; readonly height: number };
  /** Of an AVC track, as its parameter sets have them: RFC 6381's `avc1.PPCCLL`. */
  readonly parameterSets?: string;
  readonly channels?: number;
  readonly sampleRate?: number;
  /** Where in the media the presentation begins, in ticks, by the edit list; 0 without one. */
  readonly editStart: number;
  /** Defaults of Track Extends. */
  readonly defaultSampleDuration: number;
  readonly defaultSampleFlags: number;
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
  readonly startsWithIdr: boolean;
  /** Whether its flags say that the first sample is a sync sample. */
  readonly startsWithSync: boolean;
  /** Whether each fragment begins where the one before it ends. */
  readonly continuous: boolean;
}

function parsed(bytes: Uint8Array): ISOFile {
  const file = createFile();
  let fault: string | undefined;
  file.onError = (_module: string, message: string) => {
    fault = message;
  };
  file.appendBuffer(MP4BoxBuffer.fromArrayBuffer(new Uint8Array(bytes).buffer, 0), true);
  file.flush();
  if (fault !== undefined) throw new Error(`not ISO BMFF: ${fault}`);
  return file;
}

/** An encrypted track's initialization segment with the sample entry that was there before: `frma` has its format (8.12.2). */
function unprotected(bytes: Uint8Array): Uint8Array {
  const clear = Buffer.from(bytes);
  const entry = Math.max(clear.indexOf('encv'), clear.indexOf('enca'));
  const format = clear.indexOf('frma') + 4;
  if (entry >= 0 && format >= 4) clear.copyWithin(entry, format, format + 4);
  return clear;
}

/** @throws Error if the bytes are not an initialization segment of one track. */
export function readInit(bytes: Uint8Array): InitFacts {
  const file = parsed(unprotected(bytes));
  const info = file.moov ? file.getInfo() : undefined;
  const [track, ...others] = info?.tracks ?? [];
  if (!track || others.length > 0)
    throw new Error(`an initialization segment of one track has ${info?.tracks.length ?? 'no'} tracks`);
  if (track.type !== 'audio' && track.type !== 'video') throw new Error(`a track of type ${track.type}`);
  const [parameters] = avcParameterSets(file);
  return {
    kind: track.type,
    codec: track.codec,
    ...(parameters ? { parameterSets: parameters } : {}),
    timescale: track.timescale,
    ...(track.video ? { size: { width: track.video.width, height: track.video.height } } : {}),
    ...(track.audio ? { channels: track.audio.channel_count, sampleRate: track.audio.sample_rate } : {}),
    editStart: track.edits?.[0]?.media_time ?? 0,
    defaultSampleDuration: file.moov?.mvex?.trexs[0]?.default_sample_duration ?? 0,
    defaultSampleFlags: file.moov?.mvex?.trexs[0]?.default_sample_flags ?? 0,
  };
}

/** Profile, constraints and level of every sequence parameter set (ISO/IEC 14496-10, 7.3.2.1.1: the bytes behind its NAL header). */
function avcParameterSets(file: ISOFile): string[] {
  const entries = file.moov?.traks[0]?.mdia.minf.stbl.stsd.entries ?? [];
  return entries.flatMap((entry) => {
    const { avcC } = entry as { avcC?: { SPS: { data: Uint8Array }[] } };
    return (avcC?.SPS ?? []).map(({ data }) => `avc1.${Buffer.from(data.subarray(1, 4)).toString('hex')}`);
  });
}

/** `sample_is_non_sync_sample` (ISO/IEC 14496-12, 8.8.3.1). */
const nonSync = 0x1_0000;
/** `first-sample-flags-present` of a track run (8.8.8.1) and `default-sample-flags-present` of its header (8.8.7.1). */
const runHasFirstFlags = 0x4;
const headHasFlags = 0x20;

/** @throws Error if the bytes are not a media segment of one track. */
export function readSegment(bytes: Uint8Array, init: InitFacts): SegmentFacts {
  const file = parsed(bytes);
  const [first] = file.moofs;
  if (!first) throw new Error('a segment without moof');
  let samples = 0;
  let duration = 0;
  let firstPresentation = Number.POSITIVE_INFINITY;
  let startsWithIdr: boolean | undefined;
  let startsWithSync: boolean | undefined;
  let continuous = true;
  const decodeTime = first.trafs[0]?.tfdt.baseMediaDecodeTime ?? 0;
  for (const moof of file.moofs) {
    const [traf, ...others] = moof.trafs;
    if (moof.start === undefined || !traf || others.length > 0)
      throw new Error(`a fragment of ${moof.trafs.length} tracks`);
    const { tfhd, truns } = traf;
    if (traf.tfdt.baseMediaDecodeTime !== decodeTime + duration) continuous = false;
    const defaultDuration = tfhd.default_sample_duration || init.defaultSampleDuration;
    const defaultFlags = tfhd.flags & headHasFlags ? tfhd.default_sample_flags : init.defaultSampleFlags;
    for (const run of truns) {
      const firstFlags = run.flags & runHasFirstFlags ? run.first_sample_flags : (run.sample_flags[0] ?? defaultFlags);
      startsWithSync ??= (firstFlags & nonSync) === 0;
      let offset = moof.start + run.data_offset;
      for (let i = 0; i < run.sample_count; i++) {
        firstPresentation = Math.min(firstPresentation, duration + (run.sample_composition_time_offset[i] ?? 0));
        duration += run.sample_duration[i] ?? defaultDuration;
        const size = run.sample_size[i] ?? tfhd.default_sample_size;
        startsWithIdr ??= init.kind === 'audio' || isIdr(bytes.subarray(offset, offset + size));
        offset += size;
      }
      samples += run.sample_count;
    }
  }
  return {
    bytes: bytes.length,
    sequenceNumbers: file.moofs.map((moof) => moof.mfhd.sequence_number),
    decodeTime,
    samples,
    duration,
    firstPresentation,
    startsWithIdr: startsWithIdr ?? false,
    startsWithSync: startsWithSync ?? false,
    continuous,
  };
}

/** Whether the first slice of an AVC sample is of an IDR picture: of NAL unit types 1 to 5 the fifth (ISO/IEC 14496-10 table 7-1), lengths of 4 bytes. */
function isIdr(sample: Uint8Array): boolean {
  const view = new DataView(sample.buffer, sample.byteOffset, sample.byteLength);
  for (let at = 0; at + 5 <= sample.length; at += 4 + view.getUint32(at)) {
    const type = view.getUint8(at + 4) & 0x1f;
    if (type >= 1 && type <= 5) return type === 5;
  }
  return false;
}
