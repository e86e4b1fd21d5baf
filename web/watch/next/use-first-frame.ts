import { useEffect, useState } from 'react';
import { usePlaying } from '../player/playing.ts';

/** A stream that does not begin in this time may never do. */
const patienceMs = 5_000;

/** Whether the first frame is there, or has been waited for long enough: what can wait is asked for after it. */
export function useFirstFrame(isAwaited: boolean): boolean {
  const playing = usePlaying();
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (playing === undefined) return;
    const { video } = playing;
    const look = () => video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && setOver(true);
    look();
    video.addEventListener('loadeddata', look);
    return () => video.removeEventListener('loadeddata', look);
  }, [playing]);
  return isOver || !isAwaited;
}
