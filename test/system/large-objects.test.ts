import { createHash, randomBytes, randomUUID } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { s3 } from '../commands/books.ts';
import { localCloud } from '../commands/local-cloud.ts';

/** The local store keeps the parts of an upload its own way (local/cloud/spool.py): it must join them as S3 does. */

const bucket = () => localCloud().outputs.WorkerEnvironment['UPLOADS_BUCKET'] ?? '';
const newKey = () => `store-test/${randomUUID()}`;
const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest();
const named = (key: string) => ({ Bucket: bucket(), Key: key });

const bytesOf = async (key: string, more: Pick<GetObjectCommandInput, 'Range' | 'VersionId'> = {}) =>
  Buffer.from(
    (await (await s3().send(new GetObjectCommand({ ...named(key), ...more }))).Body?.transformToByteArray()) ?? [],
  );

/** Sends the parts in an order of their own, and joins them: what they are together, and how S3 names it. */
async function joined(key: string, sizes: readonly number[], order: readonly number[]) {
  const { UploadId } = await s3().send(new CreateMultipartUploadCommand(named(key)));
  const bodies = sizes.map((size) => randomBytes(size));
  const send = (number: number, Body: Buffer) =>
    s3().send(new UploadPartCommand({ ...named(key), UploadId, PartNumber: number, Body }));
  for (const index of order) {
    // Each is sent twice: the later one counts.
    await send(index + 1, randomBytes(Math.max(1, (sizes[index] ?? 0) - 1)));
    await send(index + 1, bodies[index] ?? Buffer.alloc(0));
  }
  const Parts = bodies.map((body, i) => ({ PartNumber: i + 1, ETag: `"${md5(body).toString('hex')}"` }));
  const answer = await s3().send(
    new CompleteMultipartUploadCommand({ ...named(key), UploadId, MultipartUpload: { Parts } }),
  );
  const etag = `"${md5(Buffer.concat(bodies.map(md5))).toString('hex')}-${bodies.length}"`;
  return { whole: Buffer.concat(bodies), etag, answer };
}

it('parts of any length, sent in any order and sent again, are joined to what they are', async () => {
  const size = fc.integer({ min: 1, max: 3000 });
  const parts = fc.oneof(
    fc.array(size, { minLength: 1, maxLength: 5 }),
    // As clients send them: all alike, and a rest.
    fc
      .tuple(size, fc.integer({ min: 0, max: 4 }), size)
      .map(([each, n, rest]) => [...Array.from({ length: n }, () => each), Math.min(each, rest)]),
  );
  const sent = parts.chain((sizes) =>
    fc.tuple(
      fc.constant(sizes),
      fc.shuffledSubarray([...sizes.keys()], { minLength: sizes.length, maxLength: sizes.length }),
    ),
  );
  await fc.assert(
    fc.asyncProperty(sent, async ([sizes, order]) => {
      const key = newKey();
      const { whole, etag, answer } = await joined(key, sizes, order);
      expect(answer.ETag).toBe(etag);
      const head = await s3().send(new HeadObjectCommand(named(key)));
      expect(head).toMatchObject({ ContentLength: whole.length, ETag: etag });
      expect((await bytesOf(key)).equals(whole)).toBe(true);
      const from = Math.floor(whole.length / 2);
      expect((await bytesOf(key, { Range: `bytes=${from}-` })).equals(whole.subarray(from))).toBe(true);
    }),
    { numRuns: 25 },
  );
});

it('a version that another has taken the place of keeps its bytes', async () => {
  const key = newKey();
  const { whole, answer } = await joined(key, [2000, 2000, 10], [2, 0, 1]);
  const { VersionId } = await s3().send(new PutObjectCommand({ ...named(key), Body: 'another' }));
  await s3().send(new DeleteObjectCommand(named(key)));

  expect((await bytesOf(key, { VersionId: answer.VersionId })).equals(whole)).toBe(true);
  expect((await bytesOf(key, { VersionId })).toString()).toBe('another');
});

it('an upload that is given up is gone', async () => {
  const key = newKey();
  const { UploadId } = await s3().send(new CreateMultipartUploadCommand(named(key)));
  await s3().send(new UploadPartCommand({ ...named(key), UploadId, PartNumber: 1, Body: 'part' }));
  await s3().send(new AbortMultipartUploadCommand({ ...named(key), UploadId }));
  await expect(s3().send(new HeadObjectCommand(named(key)))).rejects.toMatchObject({ name: 'NotFound' });
});
