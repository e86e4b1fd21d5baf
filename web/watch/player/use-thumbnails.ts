import { useEffect, useState } from 'react';
import { at, type ThumbnailAt, thumbnailOf } from './thumbnails.ts';

const none: ThumbnailAt = () => undefined;

/** Reads the thumbnails of a track element, which the browser fetches and parses like any WebVTT. */
export function useThumbnails(element: HTMLTrackElement | null): ThumbnailAt {
  const [found, setFound] = useState<{ at: ThumbnailAt }>();
  useEffect(() => {
    if (element === null) return;
    const { track } = element;
    const read = () =>
      setFound({
        at(seconds) {
          const cue = at(track.cues ?? [], seconds);
          return cue && thumbnailOf((cue as VTTCue).text, element.src);
        },
      });
    element.addEventListener('load', read);
    // Hidden tracks are loaded, and never drawn.
    track.mode = 'hidden';
    return () => element.removeEventListener('load', read);
  }, [element]);
  return found?.at ?? none;
}
