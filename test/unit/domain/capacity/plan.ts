import { type Plan, plan } from '../../../../domain/media/plan.ts';

/** The plan of a 16:9 title with one stereo track. */
export const planOf = ({
  seconds,
  lines = 1080,
  framesPerSecond = 30,
  transfer = 'sdr',
}: {
  seconds: number;
  lines?: number;
  framesPerSecond?: number;
  transfer?: 'sdr' | 'pq';
}): Plan =>
  plan(
    { videoId: 'video', attempt: 1 },
    'sources/video/upload',
    {
      container: 'mov,mp4,m4a,3gp,3g2,mj2',
      video: {
        streamIndex: 0,
        codec: 'h264',
        picture: { width: Math.round((lines * 16) / 9), height: lines },
        rate: { num: framesPerSecond, den: 1 },
        colors: { transfer, system: 'bt709', fullRange: false },
        interlaced: false,
        variable: false,
        offsetSeconds: 0,
        durationSeconds: seconds,
      },
      audio: [{ streamIndex: 1, codec: 'aac', channels: 2, sampleRate: 48_000, startSeconds: 0, timescale: 48_000 }],
    },
    { eagerLines: 1080 },
  );
