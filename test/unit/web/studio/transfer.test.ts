import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../../client/client.ts';
import type { ProblemCode } from '../../../../domain/api/problems.ts';
import { PutRefused } from '../../../../web/studio/uploads/retrying.ts';
import { DifferentFile, type TransferParts, transfer } from '../../../../web/studio/uploads/transfer.ts';

const bytes = 'aaaaabbbbbccccCd';
const cut = { sizeBytes: bytes.length, partSizeBytes: 5 };
const file = new Blob([bytes]);

const refusal = (code: ProblemCode, status: number, parts: number[]) =>
  new ApiError({ type: 'about:blank', title: code, status, code, detail: '', requestId: 'r', parts });

/** A service and a storage in memory; a part's checksum is its text. */
function storage(change: Partial<TransferParts> = {}) {
  const puts: string[] = [];
  const completions: string[][] = [];
  const parts: TransferParts = {
    file,
    cut,
    already: [],
    signal: new AbortController().signal,
    checksum: (part) => part.text(),
    sign: async (number, checksum) => ({ url: `/${number}`, headers: { 'x-amz-checksum-sha256': checksum } }),
    put: async ({ headers }, part, _signal, onSent) => {
      expect(headers['x-amz-checksum-sha256']).toBe(await part.text());
      onSent(part.size);
      puts.push(await part.text());
    },
    complete: async (checksums) => void completions.push(checksums),
    whenFree: (task) => task(),
    pause: async () => undefined,
    onProgress: () => undefined,
    ...change,
  };
  return { parts, puts, completions };
}

describe('the transfer of a file', () => {
  it('sends every part and completes with all checksums in order', async () => {
    const { parts, puts, completions } = storage();
    await transfer(parts);
    expect(puts.toSorted()).toEqual(['aaaaa', 'bbbbb', 'ccccC', 'd']);
    expect(completions).toEqual([['aaaaa', 'bbbbb', 'ccccC', 'd']]);
  });

  it('sends only the missing parts of an upload that was begun before', async () => {
    const already = [
      { number: 1, sizeBytes: 5, checksum: 'aaaaa' },
      { number: 3, sizeBytes: 5, checksum: 'ccccC' },
    ];
    const { parts, puts, completions } = storage({ already });
    await transfer(parts);
    expect(puts.toSorted()).toEqual(['bbbbb', 'd']);
    expect(completions[0]).toEqual(['aaaaa', 'bbbbb', 'ccccC', 'd']);
  });

  it('refuses a file that is not the one that the upload began with', async () => {
    const { parts, puts } = storage({ already: [{ number: 2, sizeBytes: 5, checksum: 'xxxxx' }] });
    await expect(transfer(parts)).rejects.toBeInstanceOf(DifferentFile);
    await expect(transfer({ ...parts, already: [], file: new Blob(['short']) })).rejects.toBeInstanceOf(DifferentFile);
    expect(puts).toEqual([]);
  });

  it('sends again exactly the parts that arrived damaged', async () => {
    const answers = [refusal('part-checksum-mismatch', 400, [2])];
    const { parts, puts } = storage({
      complete: async () => {
        const answer = answers.shift();
        if (answer) throw answer;
      },
    });
    await transfer(parts);
    expect(puts.slice(4)).toEqual(['bbbbb']);
  });

  it('asks a person when parts arrive damaged again and again', async () => {
    const damaged = refusal('part-checksum-mismatch', 400, [2]);
    const { parts, puts } = storage({ complete: () => Promise.reject(damaged) });
    await expect(transfer(parts)).rejects.toBe(damaged);
    expect(puts.filter((part) => part === 'bbbbb')).toHaveLength(3);
  });

  it('asks for a new address when storage refuses a part, since the old one may have expired', async () => {
    const signed: number[] = [];
    let refusals = 2;
    const { parts, puts } = storage({
      sign: async (number, checksum) => {
        signed.push(number);
        return { url: '', headers: { 'x-amz-checksum-sha256': checksum } };
      },
    });
    const { put } = parts;
    await transfer({
      ...parts,
      put: (target, part, ...rest) =>
        refusals-- > 0 ? Promise.reject(new PutRefused(403)) : put(target, part, ...rest),
    });
    expect(puts.toSorted()).toEqual(['aaaaa', 'bbbbb', 'ccccC', 'd']);
    expect(signed).toHaveLength(6);
  });

  it('stops at once when it is paused, and completes nothing', async () => {
    const pause = new AbortController();
    const { parts, puts, completions } = storage({
      signal: pause.signal,
      whenFree: async (task) => {
        await task();
        pause.abort();
      },
    });
    await expect(transfer(parts)).rejects.toThrow();
    expect(puts.length).toBeLessThanOrEqual(4);
    expect(completions).toEqual([]);
  });

  it('gives up at once where trying again cannot help', async () => {
    let asked = 0;
    const { parts } = storage({
      sign: () => {
        asked += 1;
        return Promise.reject(refusal('upload-closed', 409, []));
      },
      whenFree: (task) => task(),
    });
    await expect(transfer(parts)).rejects.toMatchObject({ problem: { code: 'upload-closed' } });
    expect(asked).toBeLessThanOrEqual(4);
  });
});
