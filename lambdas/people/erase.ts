import { Logger } from '@aws-lambda-powertools/logger';
import {
  AdminDeleteUserCommand,
  CognitoIdentityProviderClient,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { dynamoClient } from '../../platform/clients/dynamo.ts';
import { callPolicy } from '../../platform/clients/policy.ts';
import { s3Client } from '../../platform/clients/s3.ts';
import { readEnv } from '../../platform/env.ts';
import { personalStores } from '../../platform/personal/registry.ts';
import { erasureEnv } from './env.ts';
import { erasePerson } from './erasure.ts';
import { leavers } from './leavers.ts';

const env = readEnv(erasureEnv);
const log = new Logger({ serviceName: 'people' });
const dynamo = dynamoClient();
const pool = new CognitoIdentityProviderClient(callPolicy('control'));
const deps = {
  stores: personalStores(dynamo, s3Client(), env),
  async removeSignIn(userId: string): Promise<void> {
    try {
      await pool.send(new AdminDeleteUserCommand({ UserPoolId: env.USER_POOL_ID, Username: userId }));
    } catch (error) {
      if (!(error instanceof UserNotFoundException)) throw error;
    }
  },
};

/** An account that is not gone after so long is for somebody to look at: it is a promise by law. */
const lateMs = 24 * 3600 * 1000;

/**
 * Called when somebody has left, and every five minutes: goes on with everybody who is leaving. What fails for one is
 * logged and does not keep the others; in the end it fails, so that the alarm erasure-failing tells.
 */
export async function handler(): Promise<{ erased: number; goOn: number }> {
  const now = Date.now();
  const counts = { erased: 0, goOn: 0 };
  let failed = 0;
  for await (const leaver of leavers(dynamo, env.USERS_TABLE)) {
    const { userId, deletingSince } = leaver;
    try {
      const erasure = await erasePerson(deps, leaver, now);
      log.info('erasure', { userId, ...erasure });
      if (erasure.outcome === 'erased') counts.erased += 1;
      else counts.goOn += 1;
      if (erasure.outcome === 'goes-on' && now > deletingSince + lateMs) failed += 1;
    } catch (error) {
      log.error('erasure', { userId, error: error as Error });
      failed += 1;
    }
  }
  if (failed > 0) throw new Error(`${failed} accounts are not erased as they should be`);
  return counts;
}
