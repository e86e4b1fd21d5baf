import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UserId } from '../../../domain/ids.ts';
import {
  accessSeconds,
  graceSeconds,
  judgeRefresh,
  newSession,
  rotated,
  type Session,
  sessionSeconds,
  withAccess,
} from '../../../lambdas/auth/session.ts';
import { hashSecret } from '../../../lambdas/shared/session-token.ts';

const start = Date.UTC(2026, 0, 1);
const about = {
  userId: 'aaaaaaaa-0000-4000-8000-000000000001' as UserId,
  sessionId: 's',
  kind: 'browser' as const,
  device: 'Firefox on Linux',
};
const fresh = (refresh: string) => newSession(about, { access: `access of ${refresh}`, refresh }, start);
const seconds = (n: number) => n * 1000;
/** What a refresh token means while the person has ended no sessions. */
const judged = (session: Session, secret: string, now: number) => judgeRefresh(session, {}, secret, now);

describe('a refresh token', () => {
  it('is current until it is replaced, then of no more worth than its grace', () => {
    const session = rotated(fresh('one'), { access: 'a', refresh: 'two' }, start);
    expect(judged(session, 'two', start)).toBe('current');
    expect(judged(session, 'one', start + seconds(graceSeconds) - 1)).toBe('previous');
    expect(judged(session, 'one', start + seconds(graceSeconds))).toBe('reused');
  });

  it('is reused at once when it was replaced twice', () => {
    const twice = ['two', 'three'].reduce(
      (session, refresh) => rotated(session, { access: 'a', refresh }, start),
      fresh('one'),
    );
    expect(judged(twice, 'one', start)).toBe('reused');
    expect(judged(twice, 'two', start)).toBe('previous');
  });

  it('is worth nothing in a session that is revoked or has outlived its time', () => {
    expect(judged({ ...fresh('one'), revokedAt: start }, 'one', start)).toBe('ended');
    expect(judged(fresh('one'), 'one', start + seconds(sessionSeconds))).toBe('ended');
    expect(judged(fresh('one'), 'one', start + seconds(sessionSeconds) - 1)).toBe('current');
  });

  it('is worth nothing once the person has ended all sessions of its time, but for one', () => {
    const { sessionId } = fresh('one');
    expect(judgeRefresh(fresh('one'), { sessionsEnded: { at: start + 1 } }, 'one', start)).toBe('ended');
    expect(judgeRefresh(fresh('one'), { sessionsEnded: { at: start } }, 'one', start)).toBe('current');
    expect(judgeRefresh(fresh('one'), { sessionsEnded: { at: start + 1, but: 'x' } }, 'one', start)).toBe('ended');
    const kept = { sessionsEnded: { at: start + 1, but: sessionId } };
    expect(judgeRefresh(fresh('one'), kept, 'one', start)).toBe('current');
  });

  it('over any history: only the newest rotates, only its predecessor has a grace, all others end the session', () => {
    const waits = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(waits, fc.nat(12), fc.integer({ min: 0, max: 30 }), (rotations, shown, wait) => {
        let now = start;
        let session = fresh('secret 0');
        rotations.forEach((seconds_, i) => {
          now += seconds(seconds_);
          session = rotated(session, { access: `a${i}`, refresh: `secret ${i + 1}` }, now);
        });
        const age = rotations.length - shown;
        const verdict = judged(session, `secret ${shown}`, now + seconds(wait));
        if (age === 0) expect(verdict).toBe('current');
        else expect(verdict).toBe(age === 1 && wait < graceSeconds ? 'previous' : 'reused');
      }),
    );
  });

  it('is kept as a hash only', () => {
    const session = rotated(fresh('one'), { access: 'a', refresh: 'two' }, start);
    expect(JSON.stringify(session)).not.toMatch(/"(one|two|a)"/);
    expect(session.refreshHash).toBe(hashSecret('two'));
  });
});

describe('an access token', () => {
  const worth = (session: Session, access: string, now: number) =>
    session.access.some((a) => a.hash === hashSecret(access) && a.until > now);

  it('is good for its time, through rotations too: requests under way are not turned out', () => {
    const session = rotated(fresh('one'), { access: 'next', refresh: 'two' }, start + 1);
    expect(worth(session, 'access of one', start + seconds(accessSeconds) - 1)).toBe(true);
    expect(worth(session, 'access of one', start + seconds(accessSeconds))).toBe(false);
    expect(worth(session, 'next', start + seconds(accessSeconds))).toBe(true);
  });

  it('does not pile up in the record', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 40 }), (waits) => {
        let now = start;
        let session = fresh('one');
        waits.forEach((wait, i) => {
          now += seconds(wait);
          session = withAccess(session, `a${i}`, now);
          expect(worth(session, `a${i}`, now)).toBe(true);
        });
        expect(session.access.length).toBeLessThanOrEqual(8);
      }),
    );
  });
});
