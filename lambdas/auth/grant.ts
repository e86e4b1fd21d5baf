import { isProblem, type Problem } from '../../domain/api/problems.ts';
import type { AnswerOf } from '../../domain/api/route.ts';
import { Answer } from '../shared/answers.ts';
import type { SessionCookies } from '../shared/session-cookies.ts';
import { formatToken } from '../shared/session-token.ts';
import type { routes } from './routes.ts';
import type { SessionKind } from './schemas.ts';
import { accessSeconds, type Session } from './session.ts';
import { deviceSeconds } from './try-store.ts';

/** What a sign-in or a refresh gives. `refreshToken` is null when the one in hand stays. */
export interface Grant {
  readonly kind: SessionKind;
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly sessionSeconds: number;
  /** Of a browser that was not known to the account before. */
  readonly deviceToken?: string;
}

/** What the client is given: tokens of ours. Cognito's would open Cognito's own API, past our questions (0041). */
export function grant(session: Session, access: string, refresh: string | undefined, now: number): Grant {
  const token = (secret: string) => formatToken({ ...session, secret });
  return {
    kind: session.kind,
    accessToken: token(access),
    refreshToken: refresh === undefined ? null : token(refresh),
    sessionSeconds: session.expiresAt - Math.floor(now / 1000),
  };
}

type Tokens = AnswerOf<(typeof routes)['login']>;

/**
 * A grant as an answer: to a browser in cookies alone, to an API client in the body alone. The access cookie outlives
 * the access that it gives, so that a late request is told to refresh and not taken for a stranger's.
 */
export function grantAnswer(grant: Grant | Problem, cookies: SessionCookies): Answer<Tokens> | Problem {
  if (isProblem(grant)) return grant;
  const { accessToken, refreshToken, sessionSeconds, deviceToken } = grant;
  if (grant.kind === 'api') return new Answer({ accessToken, refreshToken, expiresInSeconds: accessSeconds }, []);
  const refresh = refreshToken === null ? [] : [cookies.refresh(refreshToken, sessionSeconds)];
  const device = deviceToken === undefined ? [] : [cookies.device(deviceToken, deviceSeconds)];
  const lines = [cookies.access(accessToken, sessionSeconds), ...refresh, ...device];
  return new Answer({ accessToken: null, refreshToken: null, expiresInSeconds: accessSeconds }, lines);
}
