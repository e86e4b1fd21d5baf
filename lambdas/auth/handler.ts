import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { KMSClient } from '@aws-sdk/client-kms';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { securityChanged } from '../../domain/events/events.ts';
import { callPolicy } from '../../platform/clients/policy.ts';
import { auditPut } from '../../platform/records/audit.ts';
import { publishWhenNeeded } from '../../platform/when-needed.ts';
import { Answer } from '../shared/answers.ts';
import { serve } from '../shared/serve.ts';
import { sessionCookies } from '../shared/session-cookies.ts';
import { challengeStore } from './challenge-store.ts';
import { userPool } from './cognito.ts';
import { env } from './env.ts';
import { grantAnswer } from './grant.ts';
import { routes } from './routes.ts';
import { authService } from './service.ts';
import { userStore } from './store.ts';
import { tryStore } from './try-store.ts';
import { tokenVault } from './vault.ts';

export const handler = serve(routes, env, ({ env, dynamo }) => {
  const publish = publishWhenNeeded(env.EVENT_BUS_NAME);
  const { registration, signIn, sessions, passwords, secondFactor, deletion, me } = authService({
    pool: userPool(new CognitoIdentityProviderClient(callPolicy('control')), env.USER_POOL_ID, env.USER_POOL_CLIENT_ID),
    store: userStore(dynamo, env.USERS_TABLE),
    challenges: challengeStore(dynamo, env.USERS_TABLE),
    tries: tryStore(dynamo, env.USERS_TABLE),
    vault: tokenVault(new KMSClient(callPolicy('control')), env.SESSION_KEY_ARN),
    audit: async (entry) => void (await dynamo.send(new PutCommand(auditPut(env.AUDIT_TABLE, entry)))),
    tellOwner: (userId, act, at) => publish(securityChanged, { userId, act, at }),
    firstAdmin: env.FIRST_ADMIN === '' ? undefined : env.FIRST_ADMIN.toLowerCase(),
    issuer: `Sluice (${new URL(env.SITE_ORIGIN).host})`,
  });
  const cookies = sessionCookies(env.SITE_ORIGIN);
  const visitOf = ({ cookies: sent, ...call }: VisitingCall) => ({
    deviceCookie: sent[cookies.deviceName],
    userAgent: call.userAgent,
    now: call.now,
  });
  return {
    handlers: {
      register: ({ body, now }) => registration.register(body, now),
      confirm: ({ body, now }) => registration.confirm(body, now),
      resendCode: ({ body }) => registration.resendCode(body),
      login: async ({ body, ...call }) => grantAnswer(await signIn.login(body, visitOf(call)), cookies),
      answerChallenge: async ({ body, ...call }) =>
        grantAnswer(await signIn.answerChallenge(body, visitOf(call)), cookies),
      forgotPassword: ({ body }) => passwords.forgot(body),
      resetPassword: ({ body, now }) => passwords.reset(body, now),
      refreshToken: async ({ body, cookies: sent, now }) =>
        grantAnswer(await sessions.refresh(body.refreshToken ?? sent[cookies.refreshName], now), cookies),
      logout: async ({ caller, now }) => new Answer(await sessions.logout(caller, now), cookies.clear()),
      me: ({ caller }) => me(caller),
      changePassword: ({ caller, body, now }) => passwords.change(caller, body, now),
      listSessions: ({ caller, now }) => sessions.list(caller, now),
      endSession: ({ caller, params, now }) => sessions.endOne(caller, params.sessionId, now),
      endSessions: async ({ caller, now }) => new Answer(await sessions.endAll(caller.userId, now), cookies.clear()),
      secondFactor: ({ caller }) => secondFactor.state(caller),
      beginTotp: ({ caller, body, now }) => secondFactor.begin(caller, body.password, now),
      confirmTotp: ({ caller, body, now }) => secondFactor.confirm(caller, body.code, now),
      removeTotp: ({ caller, params, now }) => secondFactor.remove(caller, params.userId, now),
      endTotp: ({ caller, body, now }) => secondFactor.end(caller, body.password, now),
      deleteAccount: async ({ caller, body, now }) => {
        const refusal = await deletion.begin(caller, body.password, now);
        return refusal ?? new Answer(undefined, cookies.clear());
      },
    },
    owners: {},
  };
});

interface VisitingCall {
  readonly cookies: Readonly<Record<string, string>>;
  readonly userAgent: string | undefined;
  readonly now: number;
}
