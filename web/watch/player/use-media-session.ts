import { useEffect, useEffectEvent } from 'react';
import type { Command } from './keyboard.ts';
import type { Stream } from './stream.ts';

interface Parts {
  readonly title: string;
  readonly poster: string | null;
  readonly stream: Stream | undefined;
  /** Whether anything of it has been played: until then another page may have the keys. */
  readonly started: boolean;
  readonly run: (command: Command) => void;
}

const skipSeconds = 10;

/** What the system shows of the video, on its lock screen say, and the keys of a headset (W3C Media Session). */
export function useMediaSession({ title, poster, stream, started, run }: Parts): void {
  const obey = useEffectEvent(run);
  useEffect(() => {
    const session = navigator.mediaSession;
    if (session === undefined || stream === undefined || !started) return;
    session.metadata = new MediaMetadata({ title, artwork: poster === null ? [] : [{ src: poster }] });
    const handlers: Partial<Record<MediaSessionAction, MediaSessionActionHandler>> = {
      seekbackward: ({ seekOffset = skipSeconds }) => obey({ kind: 'skip', seconds: -seekOffset }),
      seekforward: ({ seekOffset = skipSeconds }) => obey({ kind: 'skip', seconds: seekOffset }),
      seekto: ({ seekTime }) => seekTime !== undefined && stream.seek(seekTime),
    };
    const actions = Object.entries(handlers) as [MediaSessionAction, MediaSessionActionHandler][];
    for (const [action, handler] of actions) session.setActionHandler(action, handler);
    return () => {
      session.metadata = null;
      for (const [action] of actions) session.setActionHandler(action, null);
    };
  }, [title, poster, stream, started]);
}
