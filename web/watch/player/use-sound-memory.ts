import { useEffect } from 'react';
import * as z from 'zod';

const storedAs = 'sluice-sound';
const Sound = z.object({ volume: z.number().min(0).max(1), muted: z.boolean() });

function remembered(): z.infer<typeof Sound> | undefined {
  try {
    return Sound.safeParse(JSON.parse(localStorage.getItem(storedAs) ?? 'null')).data;
  } catch {
    return undefined;
  }
}

/** A video is as loud as somebody had the one before. */
export function useSoundMemory(video: HTMLVideoElement | null): void {
  useEffect(() => {
    if (video === null) return;
    const sound = remembered();
    if (sound) {
      video.volume = sound.volume;
      video.muted = sound.muted;
    }
    const keep = () =>
      localStorage.setItem(
        storedAs,
        JSON.stringify({ volume: video.volume, muted: video.muted } satisfies typeof sound),
      );
    video.addEventListener('volumechange', keep);
    return () => video.removeEventListener('volumechange', keep);
  }, [video]);
}
