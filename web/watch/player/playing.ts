import { createContext, use } from 'react';

/** What plays, for what stands beside the player. */
export interface Playing {
  readonly video: HTMLVideoElement;
  /** Goes to this second of the title. */
  readonly seek: (seconds: number) => void;
}

/** What the page plays; undefined as long as nothing can be played. */
export const PlayingContext = createContext<Playing | undefined>(undefined);
export const usePlaying = () => use(PlayingContext);
