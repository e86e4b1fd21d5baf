import { DecryptCommand, EncryptCommand, type KMSClient } from '@aws-sdk/client-kms';
import * as z from 'zod';

/** Whose token a ciphertext is: KMS decrypts it for this session and no other. */
export type TokenOwner = Readonly<Record<'userId' | 'sessionId', string>>;

const Bytes = z.instanceof(Uint8Array);

/** Keeps Cognito's refresh tokens (under 4 KB each) encrypted under the session key. */
export const tokenVault = (client: KMSClient, keyArn: string) => ({
  async seal(token: string, { userId, sessionId }: TokenOwner) {
    const EncryptionContext = { userId, sessionId };
    const answer = await client.send(
      new EncryptCommand({ KeyId: keyArn, Plaintext: Buffer.from(token), EncryptionContext }),
    );
    return Bytes.parse(answer.CiphertextBlob);
  },
  async open(ciphertext: Uint8Array, { userId, sessionId }: TokenOwner): Promise<string> {
    const EncryptionContext = { userId, sessionId };
    const answer = await client.send(
      new DecryptCommand({ KeyId: keyArn, CiphertextBlob: ciphertext, EncryptionContext }),
    );
    return Buffer.from(Bytes.parse(answer.Plaintext)).toString();
  },
});

export type TokenVault = ReturnType<typeof tokenVault>;
