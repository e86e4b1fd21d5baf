import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sparinglyAheadOfEncode } from '../../../../web/watch/player/ahead-of-encode.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A title of two hours in a player that does as it is told; what it was told last. */
function playing({ encoded, enabled = true }: { encoded: number; enabled?: boolean }) {
  const told: Record<string, number> = { 'streaming.bufferingGoal': 10 };
  const player = {
    configure: (path: string, value: number) => {
      told[path] = value;
    },
    getConfiguration: () => ({
      abr: { enabled },
      streaming: { bufferingGoal: told['streaming.bufferingGoal'] ?? Number.NaN },
    }),
  };
  const video = Object.assign(new EventTarget(), { currentTime: 0, duration: 7200 });
  const { setEncoded } = sparinglyAheadOfEncode(player, video, {
    lowestHeight: 360,
    encoded,
    signal: new AbortController().signal,
  });
  const say = (type: string) => video.dispatchEvent(new Event(type));
  return {
    setEncoded,
    seek(to: number) {
      video.currentTime = to;
      say('seeking');
    },
    show: () => say('seeked'),
    playTo(to: number) {
      video.currentTime = to;
      say('timeupdate');
    },
    mostLines: () => told['abr.restrictions.maxHeight'] ?? Number.POSITIVE_INFINITY,
    goal: () => told['streaming.bufferingGoal'],
  };
}

it('a title that is ready is played freely, wherever one seeks', () => {
  const title = playing({ encoded: 1 });
  title.seek(6000);
  title.show();
  expect([title.mostLines(), title.goal()]).toEqual([Number.POSITIVE_INFINITY, 30]);
});

it('ahead of the encode it is the lowest quality, for as long as the encode has not come', () => {
  const title = playing({ encoded: 0.1 });
  expect(title.mostLines()).toBe(Number.POSITIVE_INFINITY);
  title.seek(3000);
  expect(title.mostLines()).toBe(360);
  title.playTo(3060);
  expect(title.mostLines()).toBe(360);
  title.setEncoded(0.6);
  expect(title.mostLines()).toBe(Number.POSITIVE_INFINITY);
  title.playTo(4319);
  expect(title.mostLines()).toBe(360);
  title.setEncoded(1);
  expect([title.mostLines(), title.goal()]).toEqual([Number.POSITIVE_INFINITY, 30]);
});

it('whoever goes from place to place there asks for nothing beyond each, and for what follows once they stay', () => {
  const title = playing({ encoded: 0.1 });
  for (const place of [3000, 5000, 4000]) {
    title.seek(place);
    vi.advanceTimersByTime(3000);
    expect(title.goal()).toBe(0.5);
    title.show();
    vi.advanceTimersByTime(900);
    expect(title.goal()).toBe(0.5);
  }
  vi.advanceTimersByTime(200);
  expect(title.goal()).toBe(10);
});

it('a quality that was chosen by hand is left alone', () => {
  const title = playing({ encoded: 0, enabled: false });
  title.seek(3000);
  expect(title.mostLines()).toBe(Number.POSITIVE_INFINITY);
});
