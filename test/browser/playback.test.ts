import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VideoId } from '../../domain/ids.ts';
import { type OpenBrowser, openBrowser, shownFrame, signIn, type Visitor, videoStatus } from '../commands/browser.ts';
import { type Clip, type ClipOptions, clip, ordinary } from '../commands/clip.ts';
import { newCreator, type Person } from '../commands/people.ts';
import { uploadClip, videoIs } from '../commands/uploads.ts';

const fixtures: Readonly<Record<string, ClipOptions>> = {
  'a plain clip': { ...ordinary, seconds: 9 },
  'a clip at 29.97 without sound': { ...ordinary, seconds: 5, rate: { num: 30000, den: 1001 }, sound: null },
  'an MP4 that claims half a second too much': { ...ordinary, seconds: 6, claimedExtraSeconds: 0.5 },
  'an MP4 that claims five seconds too much': { ...ordinary, seconds: 6, claimedExtraSeconds: 5 },
  'a Matroska that claims five seconds too much': { ...ordinary, seconds: 6, container: 'mkv', claimedExtraSeconds: 5 },
  'a fragmented MP4 that claims five seconds too much': {
    ...ordinary,
    seconds: 6,
    fragmented: true,
    claimedExtraSeconds: 5,
  },
};

/** Sound may reach one AAC frame beyond the picture, which players count into the length. */
const audioFrameSeconds = 1024 / 48_000;

describe('in Chromium', () => {
  let browser: OpenBrowser;
  let person: Person;
  const made = new Map<string, { clip: Clip; videoId: VideoId }>();
  beforeAll(async () => {
    browser = await openBrowser();
    person = await newCreator();
    for (const [name, options] of Object.entries(fixtures)) {
      const source = await clip(options);
      made.set(name, { clip: source, videoId: await uploadClip(person.client, source) });
    }
    for (const { videoId } of made.values()) await videoIs(person.client, videoId, 'ready');
  });
  afterAll(() => browser.close());

  const open = async (visitor: Visitor, videoId: VideoId, format: string) => {
    await signIn(visitor, person);
    await visitor.page.goto(`/watch/${videoId}?format=${format}`);
    await expect
      .poll(() => visitor.page.getByTestId('player').getAttribute('data-phase'), { timeout: 20_000 })
      .toBe('loaded');
  };
  const play = (visitor: Visitor) => visitor.page.getByRole('button', { name: /^Play/ }).first().click();

  describe.each(Object.keys(fixtures))('%s', (name) => {
    it.each(['hls', 'dash'])(
      'plays to its end by %s, shows the frame that is sought, and complains of nothing',
      async (format) => {
        const { clip: source, videoId } = made.get(name) ?? expect.fail('not uploaded');
        const visitor = await browser.visitor();
        const { page, complaints } = visitor;
        await open(visitor, videoId, format);
        const { duration } = await videoStatus(page);
        const fps = source.rate.num / source.rate.den;
        expect(Math.abs(duration - source.frames / fps)).toBeLessThanOrEqual(
          Math.max(1 / fps, audioFrameSeconds) + 0.002,
        );

        await play(visitor);
        await expect.poll(async () => (await videoStatus(page)).currentTime, { timeout: 15_000 }).toBeGreaterThan(0.5);
        await page.keyboard.press('k');
        for (const target of [source.seconds - 1, 2.5]) {
          await page
            .getByTestId('player')
            .locator('video')
            .evaluate((element, at) => {
              (element as unknown as { currentTime: number }).currentTime = at;
            }, target);
          const wanted = Math.floor(target * fps + 1e-6);
          await expect.poll(() => shownFrame(page), { timeout: 15_000 }).toBe(wanted);
        }
        await page.keyboard.press('k');
        await expect.poll(async () => (await videoStatus(page)).ended, { timeout: 20_000 }).toBe(true);
        if (source.sound) expect((await videoStatus(page)).decodedAudioBytes).toBeGreaterThan(0);
        expect(complaints).toEqual([]);
        await visitor.context.close();
      },
    );
  });

  it('offers every quality by name and plays the one that is chosen', async () => {
    const { videoId } = made.get('a plain clip') ?? expect.fail('not uploaded');
    const visitor = await browser.visitor();
    const { page } = visitor;
    await open(visitor, videoId, 'hls');
    await page.getByRole('button', { name: /^Quality/ }).click();
    const choices = await page.getByRole('menuitemradio').allTextContents();
    expect(choices.some((c) => c.includes('360p'))).toBe(true);
    expect(choices.some((c) => /auto/i.test(c))).toBe(true);
    await page.getByRole('menuitemradio', { name: /360p/ }).click();
    await expect.poll(() => page.getByTestId('player').getAttribute('data-chosen-quality')).toBe('360p');
    await visitor.context.close();
  });
});
