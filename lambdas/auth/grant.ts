import { isProblem, type Problem } from '../../domain/api/problems.ts';
import type { AnswerOf } from '../../domain/api/route.ts';
import { Answer } from '../shared/answers.ts';
import type { SessionCookies } from '../shared/session-cookies.ts';
import type { routes } from './routes.ts';
import { accessSeconds, type SessionKind } from './session.ts';

/** What a sign-in or a refresh gives. `refreshToken` is null when the one in hand stays. */
export interface Grant {
  readonly kind: SessionKind;
  readonly accessToken: string;
  readonly refreshToken: string | null;
  /** How long Cognito's access token is good for; a browser's access cookie has a time of its own. */
  readonly accessSeconds: number;
  readonly sessionSeconds: number;
}

type Tokens = AnswerOf<(typeof routes)['login']>;

/**
 * A grant as an answer: to a browser in cookies alone, to an API client in the body alone. The access cookie outlives
 * the access that it gives, so that a late request is told to refresh and not taken for a stranger's.
 */
export function grantAnswer(grant: Grant | Problem, cookies: SessionCookies): Answer<Tokens> | Problem {
  if (isProblem(grant)) return grant;
  const { accessToken, refreshToken, sessionSeconds } = grant;
  if (grant.kind === 'api') return new Answer({ accessToken, refreshToken, expiresInSeconds: grant.accessSeconds }, []);
  const refresh = refreshToken === null ? [] : [cookies.refresh(refreshToken, sessionSeconds)];
  const lines = [cookies.access(accessToken, sessionSeconds), ...refresh];
  return new Answer({ accessToken: null, refreshToken: null, expiresInSeconds: accessSeconds }, lines);
}
