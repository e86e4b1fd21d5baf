import { DecryptCommand, GenerateDataKeyWithoutPlaintextCommand, type KMSClient } from '@aws-sdk/client-kms';
import * as z from 'zod';
import type { RunInput } from '../domain/jobs/jobs.ts';

/** The keys that titles are encrypted with. In clear they are only ever in memory. */
export interface ContentKeys {
  /** A new key of 16 bytes for a run, as it may be kept: base64. */
  readonly create: (run: RunInput) => Promise<string>;
  /** The key itself. @throws if it was not made for this run. */
  readonly open: (run: RunInput, wrapped: string) => Promise<Buffer>;
}

const Bytes = z.instanceof(Uint8Array);

/** Bound to the run: the key service opens a key for no other. */
const contextOf = ({ videoId, attempt }: RunInput) => ({ videoId, attempt: String(attempt) });

export const contentKeys = (kms: KMSClient, KeyId: string): ContentKeys => ({
  async create(run) {
    const answer = await kms.send(
      // Who needs it opens it: here there is nothing that could leak.
      new GenerateDataKeyWithoutPlaintextCommand({ KeyId, NumberOfBytes: 16, EncryptionContext: contextOf(run) }),
    );
    return Buffer.from(Bytes.parse(answer.CiphertextBlob)).toString('base64');
  },
  async open(run, wrapped) {
    const CiphertextBlob = Buffer.from(wrapped, 'base64');
    const answer = await kms.send(new DecryptCommand({ KeyId, CiphertextBlob, EncryptionContext: contextOf(run) }));
    return Buffer.from(Bytes.parse(answer.Plaintext));
  },
});
