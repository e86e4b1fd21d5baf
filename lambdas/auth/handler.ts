import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { KMSClient } from '@aws-sdk/client-kms';
import { callPolicy } from '../../platform/clients/policy.ts';
import { Answer } from '../shared/answers.ts';
import { serve } from '../shared/serve.ts';
import { sessionCookies } from '../shared/session-cookies.ts';
import { userPool } from './cognito.ts';
import { env } from './env.ts';
import { grantAnswer } from './grant.ts';
import { routes } from './routes.ts';
import { authService } from './service.ts';
import { userStore } from './store.ts';
import { tokenVault } from './vault.ts';

export const handler = serve(routes, env, ({ env, dynamo }) => {
  const pool = userPool(
    new CognitoIdentityProviderClient(callPolicy('control')),
    env.USER_POOL_ID,
    env.USER_POOL_CLIENT_ID,
  );
  const vault = tokenVault(new KMSClient(callPolicy('control')), env.SESSION_KEY_ARN);
  const auth = authService(pool, userStore(dynamo, env.USERS_TABLE), vault);
  const cookies = sessionCookies(env.SITE_ORIGIN);
  return {
    handlers: {
      register: ({ body, now }) => auth.register(body, now),
      confirm: ({ body, now }) => auth.confirm(body, now),
      login: async ({ body, now }) => grantAnswer(await auth.login(body, now), cookies),
      refreshToken: async ({ body, cookies: sent, now }) =>
        grantAnswer(await auth.refresh(body.refreshToken ?? sent[cookies.refreshName], now), cookies),
      logout: async ({ caller, now }) => new Answer(await auth.logout(caller, now), cookies.clear()),
      me: ({ caller }) => auth.me(caller),
    },
    owners: {},
  };
});
