import { describe, expect, it } from 'vitest';
import { interpretProbe, type ProbedPacket, ProbeOutput } from '../../../../domain/media/probe.ts';

const frame = 1 / 25;
/** A picture of 4 s that begins with the file, and sound. */
const output = (claimedSeconds?: number) =>
  ProbeOutput.parse({
    streams: [
      { index: 0, codec_type: 'video', codec_name: 'h264', width: 640, height: 360, avg_frame_rate: '25/1' },
      { index: 1, codec_type: 'audio', codec_name: 'aac', channels: 2, sample_rate: '48000' },
    ],
    format: { format_name: 'mov', start_time: '0', duration: claimedSeconds },
  });
const pictures = (lastSeconds?: number): ProbedPacket[] =>
  Array.from({ length: 100 }, (_, i) => ({
    stream_index: 0,
    pts_time: i * frame,
    duration_time: i === 99 ? lastSeconds : frame,
  }));
const soundTo = (end: number): ProbedPacket => ({ stream_index: 1, pts_time: end - 0.02, duration_time: 0.02 });
const lengths = (claimed: number | undefined, tail: readonly ProbedPacket[]) => {
  const { durationSeconds, heldSeconds } = interpretProbe(output(claimed), pictures(), tail).video;
  return {
    durationSeconds: Number(durationSeconds.toFixed(3)),
    heldSeconds: heldSeconds && Number(heldSeconds.toFixed(3)),
  };
};
const lastAt = 99 * frame;

describe('the end of a title', () => {
  it('is that of its last frame, and of a frame where nothing else is said', () => {
    expect(lengths(4, pictures(frame))).toEqual({ durationSeconds: 4, heldSeconds: undefined });
    expect(lengths(4, pictures())).toEqual({ durationSeconds: 4, heldSeconds: undefined });
    expect(lengths(undefined, pictures(3))).toEqual({ durationSeconds: lastAt + 3, heldSeconds: 3 });
  });

  it('is that of a last frame of many seconds, as far as the container or the sound bears it out', () => {
    expect(lengths(33.96, pictures(30))).toEqual({ durationSeconds: 33.96, heldSeconds: 30 });
    expect(lengths(20, pictures(30)).durationSeconds).toBe(20);
    expect(lengths(undefined, [...pictures(30), soundTo(25)]).durationSeconds).toBe(25);
    expect(lengths(undefined, pictures(30))).toEqual({ durationSeconds: 4, heldSeconds: undefined });
  });

  it('is that of sound that goes on, but not of what encoders leave over', () => {
    expect(lengths(60, [...pictures(frame), soundTo(60)])).toEqual({ durationSeconds: 60, heldSeconds: 60 - lastAt });
    expect(lengths(4, [...pictures(frame), soundTo(4.9)])).toEqual({ durationSeconds: 4, heldSeconds: undefined });
    expect(lengths(undefined, [...pictures(frame), soundTo(60)]).durationSeconds).toBe(60);
  });

  it('is not that of what only one of them says: the container, or a damaged index', () => {
    expect(lengths(60, [...pictures(frame), soundTo(4)]).durationSeconds).toBe(4);
    expect(lengths(4, [...pictures(frame), soundTo(60)]).durationSeconds).toBe(4);
    const endless = { ...soundTo(4), duration_time: 69_206 };
    for (const claimed of [4, undefined])
      expect(lengths(claimed, [...pictures(frame), endless]).durationSeconds).toBeLessThan(6);
  });
});
