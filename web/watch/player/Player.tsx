import { Button, Loader, Text } from '@mantine/core';
import { useFullscreenElement } from '@mantine/hooks';
import { IconPlayerPlayFilled } from '@tabler/icons-react';
import { type ReactNode, useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react';
import type { Chapter } from '../../../domain/video/metadata.ts';
import { CommandEcho } from './CommandEcho.tsx';
import { Controls } from './Controls.tsx';
import { KeyLegend } from './KeyLegend.tsx';
import type { License } from './license.ts';
import { useMediaState } from './media-state.ts';
import classes from './Player.module.css';
import { PlayIcon, playLabel } from './PlayIcon.tsx';
import type { Playing } from './playing.ts';
import type { Rung } from './qualities.ts';
import { StreamInfo } from './StreamInfo.tsx';
import type { Format } from './shaka.ts';
import { initial, openStream, type Stream } from './stream.ts';
import type { Caption } from './text-tracks.ts';
import { togglePlay, useCommands } from './use-commands.ts';
import { useIdle } from './use-idle.ts';
import { useMediaSession } from './use-media-session.ts';
import { usePictureTaps } from './use-picture-taps.ts';
import { usePlayerKeys } from './use-player-keys.ts';
import { useSoundMemory } from './use-sound-memory.ts';
import { useThumbnails } from './use-thumbnails.ts';

export interface PlayerProps {
  readonly manifest: string;
  readonly format: Format;
  readonly rungs: readonly Rung[];
  readonly poster: string | null;
  /** A thumbnails track. */
  readonly storyboard: string | null;
  readonly title: string;
  /** The share of the title that is encoded; 1 when it is ready. */
  readonly encoded: number;
  readonly license: License | null;
  readonly captions: readonly Caption[];
  readonly chapters: readonly Chapter[];
  /** Told once there is something that plays, and when there is not any more. */
  readonly onPlaying?: (playing: Playing | undefined) => void;
  /** Where it begins, in seconds. */
  readonly startAt?: number;
  /** Begins by itself, if the browser lets it. */
  readonly autoPlay?: boolean;
  /** Shown over the picture. */
  readonly overlay?: ReactNode;
}

const never = () => () => {};
/** A player puts itself at the frame that is nearest to the place it is given. */
const nearSeconds = 0.25;

/** The picture's width by its height; that of most videos before there is a ladder. */
const shapeOf = ([rung]: readonly Rung[]) => String(rung ? rung.width / rung.height : 16 / 9);

/** A video with its controls. The ladder and `encoded` may change while it plays; only another manifest starts anew. */
export function Player(props: PlayerProps) {
  const { manifest, format, rungs, poster, storyboard, title, encoded, license, captions, chapters, onPlaying } = props;
  const { startAt = 0, autoPlay = false, overlay } = props;
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  const [track, setTrack] = useState<HTMLTrackElement | null>(null);
  const [textArea, setTextArea] = useState<HTMLDivElement | null>(null);
  const [stream, setStream] = useState<Stream>();
  const [attempt, setAttempt] = useState(1);
  const [info, setInfo] = useState(false);
  const [keys, setKeys] = useState(false);
  const { ref: frame, toggle: toggleFullscreen, fullscreen } = useFullscreenElement<HTMLDivElement>();
  const media = useMediaState(video);
  const thumbnailAt = useThumbnails(track);
  const { phase, failure, qualities, chosen, quality, texts, text } = useSyncExternalStore(
    stream?.subscribe ?? never,
    () => stream?.snapshot() ?? initial,
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: the ladder, the place and `encoded` only begin what goes on below; `attempt` opens anew
  useEffect(() => {
    if (video === null || textArea === null) return;
    const opened = openStream(video, textArea, { manifest, format, rungs, encoded, license, captions, startAt });
    setStream(opened);
    return () => void opened.close();
  }, [video, textArea, manifest, format, attempt]);
  useEffect(() => stream?.setEncoded(encoded), [stream, encoded]);
  const begin = useEffectEvent(() => {
    // A browser that lets nothing play by itself leaves it to the viewer.
    if (autoPlay) video?.play().catch(() => undefined);
  });
  // Once it is loaded, and not when it is told so later: then it has been played.
  useEffect(() => {
    if (phase === 'loaded') begin();
  }, [phase]);
  const tell = useEffectEvent((playing: Playing | undefined) => onPlaying?.(playing));
  useEffect(() => {
    if (video === null || stream === undefined) return;
    tell({ video, seek: stream.seek });
    return () => tell(undefined);
  }, [video, stream]);

  const { run, echo } = useCommands({
    video,
    stream,
    chapters,
    toggleFullscreen: () => void toggleFullscreen(),
    toggleInfo: () => setInfo(!info),
    toggleKeys: () => setKeys(!keys),
  });
  const toggle = () => video && togglePlay(video);
  usePlayerKeys(run);
  useSoundMemory(video);
  const { idle, hide: hideControls } = useIdle(!media.paused);
  const started = !media.paused || (media.currentTime > 0 && Math.abs(media.currentTime - startAt) > nearSeconds);
  useMediaSession({ title, poster, stream, started, run });
  const taps = usePictureTaps({ idle, started, hideControls, run });
  const waiting = phase === 'loading' ? started : media.waiting;

  return (
    <div
      ref={frame}
      className={classes.frame}
      style={{ '--shape': shapeOf(rungs) }}
      data-idle={idle}
      data-testid="player"
      data-phase={phase}
      data-playing={!media.paused && !media.waiting && !media.ended}
      data-ended={media.ended}
      data-format={format}
      data-chosen-quality={chosen}
      data-quality={quality}
      data-text={text}
      data-encoded={encoded}
    >
      <video
        ref={setVideo}
        className={classes.video}
        data-testid="video"
        aria-label={title}
        playsInline
        {...(poster === null ? {} : { poster })}
        {...taps}
      >
        {storyboard !== null && <track ref={setTrack} kind="metadata" src={storyboard} />}
      </video>
      <div ref={setTextArea} className={classes.text} data-testid="text" />
      {!started && phase !== 'failed' && (
        <button type="button" className={classes.start} onClick={toggle} aria-label={`Play “${title}”`}>
          <IconPlayerPlayFilled size={34} />
        </button>
      )}
      {started && !waiting && phase === 'loaded' && (
        <button type="button" className={classes.middle} onClick={toggle} aria-label={playLabel(media)}>
          <PlayIcon media={media} size={34} />
        </button>
      )}
      {waiting && phase !== 'failed' && (
        <div className={classes.waiting} role="status">
          <Loader color="white" aria-label="Loading" />
        </div>
      )}
      {phase === 'failed' && (
        <div className={classes.failure} role="alert">
          <Text>{failure}</Text>
          <Button mt="md" onClick={() => setAttempt(attempt + 1)}>
            Try again
          </Button>
        </div>
      )}
      {phase === 'loaded' && overlay}
      <CommandEcho echo={echo} />
      {info && stream && <StreamInfo stream={stream} media={media} />}
      {video && stream && phase !== 'failed' && (
        <Controls
          video={video}
          stream={stream}
          media={media}
          text={{ choices: texts, chosen: text }}
          quality={{ names: qualities, chosen, current: quality }}
          thumbnailAt={thumbnailAt}
          chapters={chapters}
          fullscreen={fullscreen}
          run={run}
        />
      )}
      {keys && <KeyLegend onClose={() => setKeys(false)} />}
    </div>
  );
}
