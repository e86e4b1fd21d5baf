import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import type * as z from 'zod';
import type { Routes } from '../../domain/api/route.ts';
import { type Dynamo, dynamoClient } from '../../platform/clients/dynamo.ts';
import { callPolicy } from '../../platform/clients/policy.ts';
import { readEnv } from '../../platform/env.ts';
import { accountReader } from './accounts.ts';
import { httpApp } from './app.ts';
import type { HttpEnv } from './env.ts';
import { asInUrl } from './gateway-path.ts';
import type { Service } from './handlers.ts';
import { keyedAnswers } from './idempotency.ts';
import { limiter, windowCounter } from './limits.ts';
import { logRequest } from './log.ts';
import { originGuard, originSecret } from './origin-guard.ts';
import { sessionCookies } from './session-cookies.ts';
import { verifier } from './verify.ts';

/** What a service is built from. The table client is the verifier's too: one pool of connections. */
export interface Wiring<Env> {
  readonly env: Env;
  readonly dynamo: Dynamo;
}

/**
 * A Lambda function that serves a registry of routes behind an HTTP API (payload format 2.0): the origin's secret, the
 * verifier, the policy, the limits, parsing, problems and the log are the same for every service.
 */
export function serve<const R extends Routes, E extends z.ZodType<HttpEnv>>(
  routes: R,
  schema: E,
  service: (wiring: Wiring<z.output<E>>) => Service<R>,
) {
  const env = readEnv(schema);
  const dynamo = dynamoClient();
  const secrets = new SecretsManagerClient(callPolicy('control'));
  const app = httpApp(routes, service({ env, dynamo }), {
    guard: originGuard(originSecret(secrets, env.ORIGIN_SECRET_ARN)),
    keyedAnswers: keyedAnswers(dynamo, env.LIMITS_TABLE),
    checkLimits: limiter(windowCounter(dynamo, env.LIMITS_TABLE)),
    verify: verifier(accountReader(dynamo, env.USERS_TABLE)),
    siteOrigin: new URL(env.SITE_ORIGIN).origin,
    cookies: sessionCookies(env.SITE_ORIGIN),
    log: logRequest,
    clock: Date.now,
  });
  const answer = handle(app);
  return (event: LambdaEvent & { readonly rawPath: string }, context: LambdaContext) =>
    answer({ ...event, rawPath: asInUrl(event.rawPath) }, context);
}
