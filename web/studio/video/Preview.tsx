import { useQuery } from '@tanstack/react-query';
import type { RefObject } from 'react';
import type { CreatorVideo } from '../../../lambdas/content/routes.ts';
import { playbackQuery } from '../../shared/video/queries.ts';
import { encodedShare } from '../../watch/played-manifest.ts';
import { Player } from '../../watch/player/Player.tsx';
import { usePlayedManifest } from '../../watch/use-played-manifest.ts';
import { Poster } from '../Poster.tsx';

interface Props {
  readonly video: CreatorVideo;
  readonly preview: RefObject<HTMLVideoElement | null>;
}

/** The video as its viewers get it, to find the places where chapters begin. */
export function Preview({ video, preview }: Props) {
  const { data: playback } = useQuery(playbackQuery(video.videoId));
  const manifest = usePlayedManifest(video.videoId, playback?.hls ?? null);
  if (playback === undefined || manifest === null) return <Poster video={video} />;
  return (
    <Player
      manifest={manifest}
      format="hls"
      rungs={playback.rungs}
      poster={playback.poster}
      storyboard={playback.storyboard}
      title={playback.title}
      encoded={encodedShare(manifest, playback)}
      license={playback.license}
      captions={playback.captions}
      chapters={playback.chapters}
      onPlaying={(playing) => {
        preview.current = playing?.video ?? null;
      }}
    />
  );
}
