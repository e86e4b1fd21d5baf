import type shaka from 'shaka-player/dist/shaka-player.hls-es2021.js';
import { type AheadOfEncode, sparinglyAheadOfEncode } from './ahead-of-encode.ts';
import { type License, protect } from './license.ts';
import { lowestHeight, qualityName, qualityNames, type Rung } from './qualities.ts';
import { playerSettings } from './settings.ts';
import { type Format, loadShaka } from './shaka.ts';
import { off, type TextChoice, textMemory } from './text-choices.ts';
import { addCaptions, type Caption, textTracks } from './text-tracks.ts';

export const auto = 'auto';

export interface StreamState {
  readonly phase: 'loading' | 'loaded' | 'failed';
  /** Names of the qualities to choose from, best first. */
  readonly qualities: readonly string[];
  /** What was chosen: a quality's name, or `auto`. */
  readonly chosen: string;
  /** The quality being fetched. */
  readonly quality: string;
  /** Subtitles and captions to choose from. */
  readonly texts: readonly TextChoice[];
  /** The value of the one that is shown, or `off`. */
  readonly text: string;
  readonly failure: string | undefined;
}

/** What is measured of a stream as it plays. Rates in bit/s. */
export interface StreamMeasures {
  readonly width: number;
  readonly height: number;
  readonly streamBps: number;
  /** The estimate that qualities are chosen by. */
  readonly downlinkBps: number;
  readonly droppedFrames: number;
  readonly decodedFrames: number;
}

export interface Stream {
  readonly subscribe: (changed: () => void) => () => void;
  readonly snapshot: () => StreamState;
  /** Undefined before there is a player. */
  readonly measures: () => StreamMeasures | undefined;
  readonly seek: (seconds: number) => void;
  readonly choose: (quality: string) => void;
  readonly chooseText: (value: string) => void;
  readonly toggleText: () => void;
  /** Tells how much of the title is encoded, from 0 to 1. */
  readonly setEncoded: (encoded: number) => void;
  readonly close: () => Promise<void>;
}

export interface Title {
  readonly manifest: string;
  readonly format: Format;
  readonly rungs: readonly Rung[];
  /** The share of it that is encoded; 1 when it is ready. */
  readonly encoded: number;
  /** Of an encrypted title: who gives its key. */
  readonly license: License | null;
  readonly captions: readonly Caption[];
  /** Where it begins, in seconds. */
  readonly startAt: number;
}

/** A stream of which nothing is known yet. */
export const initial: StreamState = {
  phase: 'loading',
  qualities: [],
  chosen: auto,
  quality: '',
  texts: [],
  text: off,
  failure: undefined,
};

/** What stays in the buffer when a quality is chosen by hand, so that the picture does not stop, in seconds. */
const keptSeconds = 4;

/** Plays a title in `video` with Shaka Player, and shows its text in `textArea`. */
export function openStream(
  video: HTMLVideoElement,
  textArea: HTMLElement,
  { manifest, format, rungs, encoded, license, captions, startAt }: Title,
): Stream {
  const listeners = new Set<() => void>();
  let state = initial;
  let player: shaka.Player | undefined;
  let ahead: AheadOfEncode | undefined;
  let texts: ReturnType<typeof textTracks> | undefined;
  let encodedNow = encoded;
  const closing = new AbortController();

  const set = (change: Partial<StreamState>) => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  const showTracks = () => {
    const tracks = player?.getVideoTracks() ?? [];
    const active = tracks.find((track) => track.active);
    const names = qualityNames(tracks, rungs);
    // Shaka leaves a quality out for a while when it failed or dropped frames; it can be chosen all the same.
    set({
      qualities: names.length > state.qualities.length ? names : state.qualities,
      quality: active ? qualityName(active, rungs) : '',
    });
  };

  const goTo = (seconds: number) => {
    const target = Math.max(0, Math.min(seconds, video.duration));
    ahead?.beforeSeek(target);
    video.currentTime = target;
  };
  // Once there is a timeline Shaka puts the element at its beginning: a place that is chosen before comes after that.
  let hasBegun = false;
  let wanted: number | undefined;
  const begun = () => {
    hasBegun = true;
    if (wanted !== undefined) goTo(wanted);
  };
  video.addEventListener('loadedmetadata', () => setTimeout(begun), { once: true, signal: closing.signal });

  const open = async () => {
    const library = await loadShaka(format);
    if (closing.signal.aborted) return;
    if (!library.Player.isBrowserSupported())
      throw new Error('This browser cannot play streams. Use a current Chrome, Edge, Firefox or Safari.');
    player = new library.Player();
    // Its own display of text: the browser's would need a source that the page's policy forbids.
    player.setVideoContainer(textArea);
    await player.attach(video);
    player.configure(playerSettings(library, player));
    if (license) protect(library, player, license);
    ahead = sparinglyAheadOfEncode(player, video, {
      lowestHeight: lowestHeight(rungs),
      encoded: encodedNow,
      signal: closing.signal,
    });
    texts = textTracks(player, textMemory(localStorage));
    for (const type of ['trackschanged', 'variantchanged', 'adaptation']) player.addEventListener(type, showTracks);
    player.addEventListener('error', (event) => {
      const { detail } = event as unknown as { detail: shaka.util.Error };
      // The network is asked again by itself (settings.ts); what else is critical stops the player.
      const fatal =
        detail.severity === library.util.Error.Severity.CRITICAL &&
        detail.category !== library.util.Error.Category.NETWORK;
      if (fatal) set({ phase: 'failed', failure: failureSentence(detail.code) });
    });
    try {
      await player.load(manifest, startAt > 0 ? startAt : null);
      await addCaptions(player, captions);
    } catch (error) {
      if (!closing.signal.aborted) set({ phase: 'failed', failure: failureSentence((error as shaka.util.Error).code) });
      return;
    }
    showTracks();
    set({ phase: 'loaded', texts: texts.choices(), text: texts.restore() });
  };
  open().catch((error: unknown) =>
    set({ phase: 'failed', failure: error instanceof Error ? error.message : failureSentence() }),
  );

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => state,
    measures() {
      const stats = player?.getStats();
      return (
        stats && {
          width: stats.width,
          height: stats.height,
          streamBps: stats.streamBandwidth,
          downlinkBps: stats.estimatedBandwidth,
          droppedFrames: stats.droppedFrames,
          decodedFrames: stats.decodedFrames,
        }
      );
    },
    seek(seconds) {
      if (hasBegun) goTo(seconds);
      else wanted = seconds;
    },
    choose(quality) {
      if (!player) return;
      set({ chosen: quality });
      player.configure('abr.enabled', quality === auto);
      const track = player.getVideoTracks().find((candidate) => qualityName(candidate, rungs) === quality);
      if (track) player.selectVideoTrack(track, true, keptSeconds);
    },
    chooseText(value) {
      if (texts) set({ text: texts.choose(value) });
    },
    toggleText() {
      if (texts) set({ text: texts.toggle(state.text) });
    },
    setEncoded(now) {
      encodedNow = now;
      ahead?.setEncoded(now);
    },
    async close() {
      closing.abort();
      await player?.destroy();
    },
  };
}

/** Shaka's code is for those who write to support. */
const failureSentence = (code?: number) =>
  `The video could not be played. Check the connection and try again.${code === undefined ? '' : ` (Code ${code})`}`;
