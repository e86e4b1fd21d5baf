import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/**
 * Cognito tells of an unconfirmed person before it looks at the password. So that only who knows the password learns
 * that the address awaits confirmation, a salted scrypt hash of it is kept from registration to confirmation.
 */
const derive = promisify<string, Buffer, number, Buffer>(scrypt);
const hashBytes = 32;

export async function passwordProof(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, hashBytes);
  return `${salt.toString('base64url')}.${hash.toString('base64url')}`;
}

export async function provesPassword(proof: string, password: string): Promise<boolean> {
  const [salt = '', hash = ''] = proof.split('.');
  const derived = await derive(password, Buffer.from(salt, 'base64url'), hashBytes);
  const expected = Buffer.from(hash, 'base64url');
  return expected.length === hashBytes && timingSafeEqual(derived, expected);
}
