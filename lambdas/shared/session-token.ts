import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A token of ours, in a cookie or (refresh tokens of API sessions) in a body: where to look, and the secret to show. */
export interface SessionToken {
  readonly userId: string;
  readonly sessionId: string;
  readonly secret: string;
}

const guid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const form = new RegExp(`^(${guid})\\.(${guid})\\.([A-Za-z0-9_-]{43})$`);

export const formatToken = ({ userId, sessionId, secret }: SessionToken) => `${userId}.${sessionId}.${secret}`;

export function parseToken(text: string | undefined): SessionToken | undefined {
  const [, userId, sessionId, secret] = form.exec(text ?? '') ?? [];
  return userId && sessionId && secret ? { userId, sessionId, secret } : undefined;
}

/** 256 random bits. */
export const newSecret = () => randomBytes(32).toString('base64url');

/** What is stored of a secret. Its 256 bits need no salt and no slow hash. */
export const hashSecret = (secret: string) => createHash('sha256').update(secret).digest('base64url');

/** Whether two hashes are the same, in constant time. */
export function sameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
