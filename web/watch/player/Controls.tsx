import { IconMaximize, IconMinimize, IconPictureInPicture, IconPictureInPictureOff } from '@tabler/icons-react';
import { chapterAt } from '../../../domain/video/chapters.ts';
import type { Chapter } from '../../../domain/video/metadata.ts';
import { formatClock } from '../../shared/format.ts';
import { ControlButton } from './ControlButton.tsx';
import classes from './Controls.module.css';
import type { Command } from './keyboard.ts';
import type { MediaState } from './media-state.ts';
import { PlayIcon, playLabel } from './PlayIcon.tsx';
import { hasPictureInPicture, usePictureInPicture } from './picture-in-picture.ts';
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
  readonly run: (command: Command) => void;
}

export function Controls({ video, stream, media, text, quality, thumbnailAt, chapters, fullscreen, run }: Props) {
  const { currentTime, duration, bufferedTo } = media;
  const isInPicture = usePictureInPicture(video);
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
        <ControlButton label={playLabel(media)} keys="k" onClick={() => run({ kind: 'toggle' })}>
          <PlayIcon media={media} size={20} />
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
        {hasPictureInPicture() && (
          <span className={classes.wideOnly}>
            <ControlButton
              label={isInPicture ? 'Back into the page' : 'Picture in picture'}
              keys="p"
              onClick={() => run({ kind: 'pip' })}
            >
              {isInPicture ? <IconPictureInPictureOff size={20} /> : <IconPictureInPicture size={20} />}
            </ControlButton>
          </span>
        )}
        <ControlButton
          label={fullscreen ? 'Leave full screen' : 'Full screen'}
          keys="f"
          onClick={() => run({ kind: 'fullscreen' })}
        >
          {fullscreen ? <IconMinimize size={20} /> : <IconMaximize size={20} />}
        </ControlButton>
      </div>
    </div>
  );
}
