import { useEffect, useEffectEvent, useState } from 'react';
import type { UserId, VideoId } from '../../domain/ids.ts';
import { Player, type PlayerProps } from './player/Player.tsx';
import type { Playing } from './player/playing.ts';
import { ResumedNote } from './position/ResumedNote.tsx';
import { usePositionKeeper } from './position/use-position-keeper.ts';
import type { Resume } from './position/use-resume.ts';

interface Props extends Omit<PlayerProps, 'startAt' | 'overlay'> {
  readonly videoId: VideoId;
  /** Who watches; undefined: somebody who has not signed in. */
  readonly userId: UserId | undefined;
  readonly resume: Resume;
  /** The second that the link names: it goes before where they stopped. */
  readonly linkedTo: number | undefined;
  readonly onEnded: () => void;
}

/** A player that goes on where somebody stopped, and keeps how far they are. */
export function WatchedPlayer({ videoId, userId, resume, linkedTo, onEnded, onPlaying, ...player }: Props) {
  const [playing, setPlaying] = useState<Playing>();
  usePositionKeeper(playing?.video ?? null, { videoId, userId, paused: resume.paused });
  const end = useEffectEvent(onEnded);
  useEffect(() => {
    const listening = new AbortController();
    playing?.video.addEventListener('ended', () => end(), { signal: listening.signal });
    return () => listening.abort();
  }, [playing]);
  return (
    <Player
      {...player}
      startAt={linkedTo ?? resume.startAt}
      onPlaying={(now) => {
        setPlaying(now);
        onPlaying?.(now);
      }}
      overlay={
        playing && linkedTo === undefined && <ResumedNote key={videoId} startAt={resume.startAt} playing={playing} />
      }
    />
  );
}
