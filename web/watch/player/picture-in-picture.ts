import { useEffect, useState } from 'react';

/** Whether the browser can show a video in a window of its own. Some have a button of theirs instead. */
export const hasPictureInPicture = (): boolean => document.pictureInPictureEnabled === true;

/** Shows the video in a window of its own, or in the page again. */
export function togglePictureInPicture(video: HTMLVideoElement): void {
  if (!hasPictureInPicture()) return;
  // Refused before the video is loaded, or where the viewer has forbidden it: it stays where it is.
  const done =
    document.pictureInPictureElement === video ? document.exitPictureInPicture() : video.requestPictureInPicture();
  done.catch(() => undefined);
}

/** Whether the video is in a window of its own now. */
export function usePictureInPicture(video: HTMLVideoElement): boolean {
  const [is, setIs] = useState(false);
  useEffect(() => {
    const read = () => setIs(document.pictureInPictureElement === video);
    const listening = new AbortController();
    for (const event of ['enterpictureinpicture', 'leavepictureinpicture'])
      video.addEventListener(event, read, { signal: listening.signal });
    return () => listening.abort();
  }, [video]);
  return is;
}
