import {
  IconMaximize,
  IconMinimize,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconReload,
} from '@tabler/icons-react';
import { chapterAt } from '../../../domain/video/chapters.ts';
import type { Chapter } from '../../../domain/video/metadata.ts';
import { formatClock } from '../../shared/format.ts';
import { ControlButton } from './ControlButton.tsx';
import classes from './Controls.module.css';
import type { MediaState } from './media-state.ts';
import { QualityMenu } from './QualityMenu.tsx';
import { SeekBar } from './SeekBar.tsx';
import { SpeedMenu } from './SpeedMenu.tsx';
import type { Stream } from './stream.ts';
import { TextMenu } from './TextMenu.tsx';
import type { TextChoice } from './text-choices.ts';
import type { ThumbnailAt } from './thumbnails.ts';
import { VolumeControl } from './VolumeControl.tsx';

interface Props {
  readonly video: HTMLVideoElement;
  readonly stream: Stream;
  readonly media: MediaState;
  readonly text: { readonly choices: readonly TextChoice[]; readonly chosen: string };
  readonly quality: { readonly names: readonly string[]; readonly chosen: string; readonly current: string };
  readonly thumbnailAt: ThumbnailAt;
  readonly chapters: readonly Chapter[];
  readonly fullscreen: boolean;
  readonly onToggle: () => void;
  readonly onFullscreen: () => void;
}

export function Controls({
  video,
  stream,
  media,
  text,
  quality,
  thumbnailAt,
  chapters,
  fullscreen,
  onToggle,
  onFullscreen,
}: Props) {
  const { currentTime, duration, bufferedTo, paused, ended } = media;
  const setRate = (rate: number) => {
    video.playbackRate = rate;
  };
  const chapter = chapterAt(chapters, currentTime)?.title;
  return (
    <div className={classes.bar}>
      <SeekBar
        currentTime={currentTime}
        duration={duration}
        bufferedTo={bufferedTo}
        thumbnailAt={thumbnailAt}
        chapters={chapters}
        onSeek={stream.seek}
      />
      <div className={classes.buttons}>
        <ControlButton label={ended ? 'Play again' : paused ? 'Play' : 'Pause'} onClick={onToggle}>
          {ended ? (
            <IconReload size={20} />
          ) : paused ? (
            <IconPlayerPlayFilled size={20} />
          ) : (
            <IconPlayerPauseFilled size={20} />
          )}
        </ControlButton>
        <VolumeControl video={video} volume={media.volume} muted={media.muted} />
        <span className={classes.time} data-testid="time">
          {formatClock(currentTime)} / {formatClock(Math.round(duration))}
        </span>
        <span className={classes.chapter} data-testid="chapter" title={chapter}>
          {chapter}
        </span>
        <TextMenu {...text} onChoose={stream.chooseText} />
        <SpeedMenu rate={media.rate} onChange={setRate} />
        <QualityMenu {...quality} onChoose={stream.choose} />
        <ControlButton label={fullscreen ? 'Leave full screen' : 'Full screen'} onClick={onFullscreen}>
          {fullscreen ? <IconMinimize size={20} /> : <IconMaximize size={20} />}
        </ControlButton>
      </div>
    </div>
  );
}
