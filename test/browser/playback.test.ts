import { beforeAll, describe, expect, it } from 'vitest';
import type { VideoId } from '../../domain/ids.ts';
import { browserOfFile, signIn } from '../commands/browser.ts';
import { type Clip, type ClipOptions, clip, ordinary } from '../commands/clip.ts';
import { newCreator, type Person } from '../commands/people.ts';
import { formats, pressPlay, seek, shownFrame, videoStatus, watch } from '../commands/player.ts';
import { uploadClip, videoIs } from '../commands/uploads.ts';

/** Large enough for the numbers in it. */
const small = { ...ordinary, width: 320, height: 180, seconds: 6 };
const fixtures: Readonly<Record<string, ClipOptions>> = {
  'a plain clip': { ...ordinary, seconds: 9 },
  'a clip at 29.97 without sound': { ...small, seconds: 5, rate: { num: 30000, den: 1001 }, sound: null },
  'an MP4 that claims half a second too much': { ...small, claimedExtraSeconds: 0.5 },
  'an MP4 that claims five seconds too much': { ...small, claimedExtraSeconds: 5 },
  'a Matroska that claims five seconds too much': { ...small, container: 'mkv', claimedExtraSeconds: 5 },
  'a fragmented MP4 that claims five seconds too much': { ...small, fragmented: true, claimedExtraSeconds: 5 },
};

/** Sound may reach one AAC frame beyond the picture, which players count into the length. */
const audioFrameSeconds = 1024 / 48_000;

describe('in Chromium', () => {
  const browser = browserOfFile();
  let person: Person;
  const made = new Map<string, { clip: Clip; videoId: VideoId }>();
  beforeAll(async () => {
    person = await newCreator();
    for (const [name, options] of Object.entries(fixtures)) {
      const source = await clip(options);
      made.set(name, { clip: source, videoId: await uploadClip(person.client, source) });
    }
    for (const { videoId } of made.values()) await videoIs(person.client, videoId, 'ready');
  });

  const watching = async (videoId: VideoId, format: (typeof formats)[number]) => {
    const visitor = await browser.visitor();
    await signIn(visitor, person);
    await watch(visitor.page, videoId, format);
    return visitor;
  };

  it.concurrent.for(Object.keys(fixtures).flatMap((name) => formats.map((format) => [name, format] as const)))(
    '%s plays to its end by %s, shows the frame that is sought, and complains of nothing',
    async ([name, format], { expect }) => {
      const { clip: source, videoId } = made.get(name) ?? expect.fail('not uploaded');
      await using visitor = await watching(videoId, format);
      const { page, complaints } = visitor;
      const { duration } = await videoStatus(page);
      const fps = source.rate.num / source.rate.den;
      expect(Math.abs(duration - source.frames / fps)).toBeLessThanOrEqual(
        Math.max(1 / fps, audioFrameSeconds) + 0.002,
      );

      await pressPlay(page);
      await expect.poll(async () => (await videoStatus(page)).currentTime).toBeGreaterThan(0.5);
      await page.keyboard.press('k');
      for (const target of [source.seconds - 1, 2.5, source.seconds - 1.5]) {
        await seek(page, target);
        await expect.poll(() => shownFrame(page)).toBe(Math.floor(target * fps + 1e-6));
      }
      await page.keyboard.press('k');
      await expect.poll(async () => (await videoStatus(page)).ended).toBe(true);
      if (source.sound) expect((await videoStatus(page)).decodedAudioBytes).toBeGreaterThan(0);
      expect(complaints).toEqual([]);
    },
  );

  it('offers every quality by name and plays the one that is chosen', async () => {
    const { videoId } = made.get('a plain clip') ?? expect.fail('not uploaded');
    await using visitor = await watching(videoId, 'hls');
    const { page } = visitor;
    await page.getByRole('button', { name: /^Quality/ }).click();
    await page.getByRole('menuitemradio', { name: /auto/i }).waitFor();
    await page.getByRole('menuitemradio', { name: /360p/ }).click();
    await expect.poll(() => page.getByTestId('player').getAttribute('data-chosen-quality')).toBe('360p');
  });
});
