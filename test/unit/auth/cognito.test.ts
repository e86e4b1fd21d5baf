import {
  type CognitoIdentityProviderClient,
  InvalidPasswordException,
  LimitExceededException,
  NotAuthorizedException,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect, it } from 'vitest';
import { userPool } from '../../../lambdas/auth/cognito.ts';

/** A pool whose every call fails like this. */
const failing = (error: Error) =>
  userPool({ send: () => Promise.reject(error) } as unknown as CognitoIdentityProviderClient, 'pool', 'client');
const $metadata = {};

it('answers for an unknown person as for a wrong password', async () => {
  const unknown = await failing(new UserNotFoundException({ message: 'User does not exist.', $metadata })).signIn(
    'a@example.com',
    'x',
  );
  const wrong = await failing(
    new NotAuthorizedException({ message: 'Incorrect username or password.', $metadata }),
  ).signIn('a@example.com', 'x');
  expect(unknown).toMatchObject({ code: 'credentials-wrong' });
  expect(unknown).toEqual(wrong);
});

it('says which rule a password breaks', async () => {
  const weak = failing(new InvalidPasswordException({ message: 'Password not long enough', $metadata }));
  const refusal = await weak.signUp({ email: 'a@example.com', password: 'x', name: 'A' });
  expect(refusal).toMatchObject({ code: 'password-too-weak', detail: 'Password not long enough' });
});

it('passes limits on as such, whatever was asked', async () => {
  const limited = failing(new LimitExceededException({ message: '', $metadata }));
  for (const answer of [
    limited.confirm('a@example.com', '123456'),
    limited.signIn('a@example.com', 'x'),
    limited.refresh('t'),
  ]) {
    expect(await answer).toMatchObject({ code: 'too-many-requests' });
  }
});

it('does not take an outage for a refusal', async () => {
  await expect(failing(new Error('ECONNREFUSED')).refresh('t')).rejects.toThrow('ECONNREFUSED');
});
