import {
  CodeMismatchException,
  type CognitoIdentityProviderClient,
  EnableSoftwareTokenMFAException,
  ExpiredCodeException,
  InvalidParameterException,
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
    false,
  );
  const wrong = await failing(
    new NotAuthorizedException({ message: 'Incorrect username or password.', $metadata }),
  ).signIn('a@example.com', 'x', false);
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
    limited.signIn('a@example.com', 'x', false),
    limited.refresh('t'),
  ]) {
    expect(await answer).toMatchObject({ code: 'too-many-requests' });
  }
});

it('says of no mail whether it was sent', async () => {
  for (const error of [
    new UserNotFoundException({ message: '', $metadata }),
    new InvalidParameterException({ message: 'Cannot reset password, no verified email', $metadata }),
    new LimitExceededException({ message: '', $metadata }),
  ]) {
    expect(await failing(error).forgotPassword('a@example.com')).toBe(false);
    expect(await failing(error).resendCode('a@example.com')).toBe(false);
  }
});

it('takes a wrong code, an old one and one that was used for the same', async () => {
  const challenge = { username: 'a', cognitoSession: 's' };
  for (const error of [
    new CodeMismatchException({ message: '', $metadata }),
    new ExpiredCodeException({ message: 'Your software token has already been used once.', $metadata }),
    new EnableSoftwareTokenMFAException({ message: 'Code mismatch', $metadata }),
  ]) {
    expect(await failing(error).answerChallenge(challenge, '123456')).toMatchObject({ code: 'second-factor-wrong' });
    expect(await failing(error).confirmTotp('access', '123456')).toMatchObject({ code: 'second-factor-wrong' });
  }
  for (const error of [
    new CodeMismatchException({ message: '', $metadata }),
    new ExpiredCodeException({ message: '', $metadata }),
  ])
    expect(await failing(error).resetPassword('a@example.com', '123456', 'x')).toMatchObject({
      code: 'confirmation-code-wrong',
    });
});

it('tells a known device, and nobody else, that Cognito has locked the account', async () => {
  const locked = failing(new NotAuthorizedException({ message: 'Password attempts exceeded', $metadata }));
  expect(await locked.signIn('a@example.com', 'x', true)).toMatchObject({ code: 'too-many-requests' });
  expect(await locked.signIn('a@example.com', 'x', false)).toMatchObject({ code: 'credentials-wrong' });
});

it('does not take an outage for a refusal', async () => {
  await expect(failing(new Error('ECONNREFUSED')).refresh('t')).rejects.toThrow('ECONNREFUSED');
});
