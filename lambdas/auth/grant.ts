import { isProblem, type Problem } from '../../domain/api/problems.ts';
import type { AnswerOf } from '../../domain/api/route.ts';
import { Answer } from '../shared/answers.ts';
import type { SessionCookies } from '../shared/session-cookies.ts';
import { formatToken } from '../shared/session-token.ts';
import type { CognitoTokens } from './cognito.ts';
import type { routes } from './routes.ts';
import type { SessionKind } from './schemas.ts';
import { accessSeconds, type Session } from './session.ts';
import { deviceSeconds } from './try-store.ts';

/** What a sign-in or a refresh gives. `refreshToken` is null when the one in hand stays. */
export interface Grant {
  readonly kind: SessionKind;
  readonly accessToken: string;
  readonly refreshToken: string | null;
  /** How long Cognito's access token is good for; a browser's access cookie has a time of its own. */
  readonly accessSeconds: number;
  readonly sessionSeconds: number;
  /** Of a browser that was not known to the account before. */
  readonly deviceToken?: string;
}

/** What the client is given: of a browser's session our access secret, of an API client's Cognito's access token. */
export function grant(
  session: Session,
  access: string | undefined,
  refresh: string | undefined,
  tokens: CognitoTokens,
  now: number,
): Grant {
  const token = (secret: string | undefined) => (secret === undefined ? null : formatToken({ ...session, secret }));
  return {
    kind: session.kind,
    accessToken: token(access) ?? tokens.accessToken,
    refreshToken: token(refresh),
    accessSeconds: tokens.expiresInSeconds,
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
  if (grant.kind === 'api') return new Answer({ accessToken, refreshToken, expiresInSeconds: grant.accessSeconds }, []);
  const refresh = refreshToken === null ? [] : [cookies.refresh(refreshToken, sessionSeconds)];
  const device = deviceToken === undefined ? [] : [cookies.device(deviceToken, deviceSeconds)];
  const lines = [cookies.access(accessToken, sessionSeconds), ...refresh, ...device];
  return new Answer({ accessToken: null, refreshToken: null, expiresInSeconds: accessSeconds }, lines);
}
