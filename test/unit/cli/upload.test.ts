import { randomBytes } from 'node:crypto';
import { appendFileSync, truncateSync } from 'node:fs';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { exitCodes } from '../../../cli/failure.ts';
import { sourceFile } from '../../../cli/upload/source-file.ts';
import { uploadFile } from '../../../cli/upload/upload-file.ts';
import { soon } from '../../commands/soon.ts';
import { type Ahead, storage, type Trouble } from './storage.ts';

const partBytes = 100_000;
const bytes = randomBytes(7 * partBytes + 17);
const site = 'http://site.example';
let folder: string;
let path: string;
let close: () => Promise<unknown> = async () => {};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-'));
  path = join(folder, 'clip.mp4');
  await writeFile(path, bytes);
  vi.stubEnv('XDG_STATE_HOME', folder);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(async () => {
  await close();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

async function store(trouble?: Trouble, ahead?: Ahead) {
  const server = await storage(bytes.length, partBytes, { trouble, ahead });
  close = server.close;
  const send = async () =>
    uploadFile({
      client: server.client,
      site,
      file: await sourceFile(path),
      title: undefined,
      visibility: undefined,
      processing: undefined,
      replaces: undefined,
      onProgress: () => {},
    });
  return { ...server, send };
}
const remembered = async () => (await readdir(join(folder, 'sluice', 'uploads')).catch(() => [])).length;

describe('sluice upload', () => {
  it('sends the file, several parts at a time, and remembers nothing afterwards', async () => {
    const { send, file, puts, mostAtOnce } = await store();
    expect(await send()).toMatchObject({ attempt: 1 });
    expect(file().equals(bytes)).toBe(true);
    expect(puts.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(mostAtOnce()).toBeGreaterThan(1);
    expect(mostAtOnce()).toBeLessThanOrEqual(4);
    expect(await remembered()).toBe(0);
  });

  it('sends a part again after a damaged line, a busy storage, an aged URL, a lost connection', async () => {
    const troubles: Record<number, ReturnType<Trouble>> = {
      1: { status: 400, code: 'BadDigest' },
      2: { status: 503, code: 'SlowDown' },
      3: { status: 403, code: 'AccessDenied' },
      4: 'hang up',
    };
    const { send, file, puts } = await store((part, nth) => (nth === 1 ? troubles[part] : undefined));
    await send();
    expect(file().equals(bytes)).toBe(true);
    expect(puts.toSorted()).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 7, 8]);
  });

  it('goes on with the parts that are missing or differ, in the same upload', async () => {
    let broken = true;
    const { send, file, puts, taken, begun } = await store((part) =>
      part === 6 && broken ? { status: 404, code: 'NoSuchUpload' } : undefined,
    );
    await expect(send()).rejects.toMatchObject({ code: 'upload-closed' });
    expect(await remembered()).toBe(1);
    await soon(() => expect(taken.size).toBeGreaterThanOrEqual(1));
    const there = [...taken.keys()];
    const damaged = there[0] ?? 0;
    taken.set(damaged, randomBytes(partBytes));
    broken = false;
    puts.length = 0;

    await send();
    expect(file().equals(bytes)).toBe(true);
    expect(begun()).toBe(1);
    expect(puts).toContain(damaged);
    for (const number of there.filter((n) => n !== damaged)) expect(puts).not.toContain(number);
  });

  it('begins anew when the upload has expired, or the file is another one', async () => {
    let broken = true;
    const { send, session, begun, file } = await store((part) =>
      part === 8 && broken ? { status: 404, code: 'NoSuchUpload' } : undefined,
    );
    await expect(send()).rejects.toThrow();
    session.state = 'expired';
    await expect(send()).rejects.toThrow();
    expect(begun()).toBe(2);
    await utimes(path, 1, 1);
    broken = false;
    await send();
    expect(begun()).toBe(3);
    expect(file().equals(bytes)).toBe(true);
  });

  it.each([
    ['longer', (file: string) => appendFileSync(file, 'more')],
    ['shorter', (file: string) => truncateSync(file, 10)],
  ])('stops, without trying again and again, when the file becomes %s under it', async (_, change) => {
    const { send, session } = await store((part) => {
      if (part === 1) change(path);
      return undefined;
    });
    await expect(send()).rejects.toMatchObject({ code: 'file-changed' });
    expect(session.state).toBe('open');
  });

  it.each([
    ['file-not-found', 'nothing.mp4', undefined],
    ['empty-file', 'empty.mp4', ''],
    ['not-a-file', '.', undefined],
  ])('says %s before anything is sent', async (code, name, content) => {
    if (content !== undefined) await writeFile(join(folder, name), content);
    await expect(sourceFile(join(folder, name))).rejects.toMatchObject({ code });
  });
});

describe('sluice upload of a file whose head and tail go ahead of it', () => {
  const ranges = { head: { from: 0, to: 5_000 }, tail: { from: bytes.length - 700, to: bytes.length } };
  const said = () => vi.mocked(process.stderr.write).mock.calls.map(([text]) => String(text));
  /** Parts arrive when `until` says so. */
  const slowLine =
    (until: () => void): Trouble =>
    () =>
      soon(until).then(() => undefined);

  it('says what they show while the rest is on its way, and answers it', async () => {
    const sentence = 'The file can be used: 0:06 long, to be made in 480p, 360p.\n';
    const shows: Ahead['shows'] = {
      verdict: 'accepted',
      isOver: true,
      durationSeconds: 6,
      rungs: [
        { name: '360p', width: 640, height: 360 },
        { name: '480p', width: 854, height: 480 },
      ],
      reason: null,
      poster: null,
    };
    const { send, file, puts, ends } = await store(
      slowLine(() => expect(said()).toContain(sentence)),
      { ranges, shows },
    );
    expect(await send()).toMatchObject({ verdict: { peek: shows, at: expect.any(Number) } });
    expect(puts.slice(0, 2).toSorted()).toEqual(['head', 'tail']);
    expect(ends.get('head')?.equals(bytes.subarray(0, 5_000))).toBe(true);
    expect(ends.get('tail')?.equals(bytes.subarray(-700))).toBe(true);
    expect(file().equals(bytes)).toBe(true);
  });

  it('stops with the reason where the file is of no use, gives the upload up, and remembers nothing of it', async () => {
    const reason = { code: 'no-video-track', sentence: 'The file has sound, but no picture.' } as const;
    const { send, session, puts } = await store(
      slowLine(() => expect(session.state).toBe('aborted')),
      { ranges, shows: { verdict: 'rejected', isOver: true, durationSeconds: null, rungs: [], reason, poster: null } },
    );
    await expect(send()).rejects.toMatchObject({
      code: reason.code,
      message: reason.sentence,
      exitCode: exitCodes.videoFailed,
    });
    expect(session.state).toBe('aborted');
    // Head, tail, and as many parts as are under way at a time.
    expect(puts.length).toBeLessThanOrEqual(6);
    expect(await remembered()).toBe(0);
  });
});
