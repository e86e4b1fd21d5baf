import { LinkedText } from '../shared/text/LinkedText.tsx';
import { usePlaying } from './player/playing.ts';

/** What somebody wrote about the video: the places in it that they name are played. */
export function TimedText({ text }: { readonly text: string }) {
  const playing = usePlaying();
  const play = (seconds: number) => {
    if (playing === undefined) return;
    playing.seek(seconds);
    playing.video.scrollIntoView({ block: 'nearest' });
    playing.video.play().catch(() => undefined);
  };
  return <LinkedText text={text} onPlace={playing && play} />;
}
