import { createHash, timingSafeEqual } from 'node:crypto';
import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';

/** The header in which the distribution sends its secret. */
export const originHeader = 'x-sluice-origin';
/** The header in which it tells the viewer's address (lib/functions/api-request.js). */
export const viewerHeader = 'x-sluice-viewer-address';

/** Values are read again after this long: a rotation is noticed, and Secrets Manager is not asked at each request. */
const freshForMs = 5 * 60_000;
/** A mismatch reads again, for a rotation may just have happened, but not more often than this. */
const rereadAfterMs = 5_000;

export type OriginGuard = (sent: string | undefined, now: number) => Promise<boolean>;

/** The secret's accepted values: the current one, and the previous until the distribution has the new one everywhere. */
export const originSecret = (client: SecretsManagerClient, secretArn: string) => async (): Promise<string[]> => {
  const read = async (VersionStage: string) => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn, VersionStage }));
    return SecretString === undefined ? [] : [SecretString];
  };
  const previous = read('AWSPREVIOUS').catch((error: unknown) => {
    // A secret that has never been rotated has no previous version.
    if (error instanceof ResourceNotFoundException) return [];
    throw error;
  });
  return (await Promise.all([read('AWSCURRENT'), previous])).flat();
};

/** Lets through only what knows the secret, that is, what came through the distribution. */
export function originGuard(readValues: () => Promise<string[]>): OriginGuard {
  let values: readonly string[] = [];
  let readAt = Number.NEGATIVE_INFINITY;

  const refresh = async (now: number) => {
    readAt = now;
    try {
      values = await readValues();
    } catch (error) {
      // Known values stay good while Secrets Manager is away; without any there is nothing to compare with.
      if (values.length > 0) return;
      readAt = Number.NEGATIVE_INFINITY;
      throw error;
    }
  };

  return async (sent, now) => {
    if (sent === undefined) return false;
    if (now - readAt >= freshForMs) await refresh(now);
    if (matchesAny(sent, values)) return true;
    if (now - readAt < rereadAfterMs) return false;
    await refresh(now);
    return matchesAny(sent, values);
  };
}

/** Digests are compared, so that neither time nor an exception tells anything about the length. */
const digest = (value: string) => createHash('sha256').update(value).digest();
const matchesAny = (sent: string, values: readonly string[]) =>
  values.reduce((found, value) => timingSafeEqual(digest(sent), digest(value)) || found, false);
