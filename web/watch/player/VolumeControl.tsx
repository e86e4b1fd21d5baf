import { IconVolume, IconVolume2, IconVolumeOff } from '@tabler/icons-react';
import { ControlButton } from './ControlButton.tsx';
import classes from './Controls.module.css';

interface Props {
  readonly video: HTMLVideoElement;
  readonly volume: number;
  readonly muted: boolean;
}

export function VolumeControl({ video, volume, muted }: Props) {
  const heard = muted ? 0 : volume;
  const Icon = heard === 0 ? IconVolumeOff : heard < 0.5 ? IconVolume2 : IconVolume;
  const toggleMuted = () => {
    video.muted = !muted;
  };
  return (
    <div className={classes.volume}>
      <ControlButton label={muted ? 'Unmute' : 'Mute'} keys="m" onClick={toggleMuted}>
        <Icon size={20} />
      </ControlButton>
      <input
        type="range"
        className={classes.volumeRange}
        data-player-focus="volume"
        aria-label="Volume"
        min={0}
        max={1}
        step={0.05}
        value={heard}
        style={{ '--played': `${heard * 100}%`, '--buffered': '0%' }}
        onChange={(event) => {
          video.muted = false;
          video.volume = event.currentTarget.valueAsNumber;
        }}
      />
    </div>
  );
}
