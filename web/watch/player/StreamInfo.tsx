import { useEffect, useState } from 'react';
import type { MediaState } from './media-state.ts';
import classes from './StreamInfo.module.css';
import type { Stream, StreamMeasures } from './stream.ts';

const refreshMs = 500;

const megabits = (bps: number) => `${(bps / 1e6).toFixed(1)} Mbit/s`;

/** How the stream does, for whoever wants to know why a picture looks as it does. */
export function StreamInfo({ stream, media }: { readonly stream: Stream; readonly media: MediaState }) {
  const [measures, setMeasures] = useState<StreamMeasures>();
  useEffect(() => {
    const read = () => setMeasures(stream.measures());
    read();
    const timer = setInterval(read, refreshMs);
    return () => clearInterval(timer);
  }, [stream]);
  if (measures === undefined) return null;
  const { width, height, streamBps, downlinkBps, droppedFrames, decodedFrames } = measures;
  const rows = [
    ['Picture', `${width} × ${height}`],
    ['Stream', megabits(streamBps)],
    ['Connection', megabits(downlinkBps)],
    ['Buffered', `${Math.max(0, media.bufferedTo - media.currentTime).toFixed(1)} s`],
    ['Dropped frames', `${droppedFrames} of ${decodedFrames}`],
  ] as const;
  return (
    <dl className={classes.panel} aria-label="About this stream" data-testid="stream-info" data-downlink={downlinkBps}>
      {rows.map(([name, value]) => (
        <div key={name} className={classes.row}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
