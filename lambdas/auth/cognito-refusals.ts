import { CognitoIdentityProviderServiceException } from '@aws-sdk/client-cognito-identity-provider';
import { type Problem, type ProblemCode, problem } from '../../domain/api/problems.ts';

/** By the name of Cognito's refusal: what it means to the caller. */
export type Meanings = Readonly<Record<string, ProblemCode>>;

const everywhere: Meanings = {
  TooManyRequestsException: 'too-many-requests',
  LimitExceededException: 'too-many-requests',
  TooManyFailedAttemptsException: 'too-many-requests',
};
export const atRegistration: Meanings = {
  UsernameExistsException: 'email-taken',
  InvalidPasswordException: 'password-too-weak',
};
/** Whether there is such a person, or whether they have been confirmed already, is nobody's business. */
export const atConfirmation: Meanings = {
  CodeMismatchException: 'confirmation-code-wrong',
  ExpiredCodeException: 'confirmation-code-wrong',
  UserNotFoundException: 'confirmation-code-wrong',
  NotAuthorizedException: 'confirmation-code-wrong',
};
export const atReset: Meanings = {
  ...atConfirmation,
  InvalidPasswordException: 'password-too-weak',
  PasswordHistoryPolicyViolationException: 'password-too-weak',
  UserNotConfirmedException: 'confirmation-code-wrong',
};
export const atSignIn: Meanings = {
  NotAuthorizedException: 'credentials-wrong',
  UserNotFoundException: 'credentials-wrong',
  PasswordResetRequiredException: 'credentials-wrong',
  UserNotConfirmedException: 'email-not-confirmed',
};
/** A code that has been used once is as good as a wrong one. */
export const atSecondFactor: Meanings = {
  CodeMismatchException: 'second-factor-wrong',
  ExpiredCodeException: 'second-factor-wrong',
  EnableSoftwareTokenMFAException: 'second-factor-wrong',
  NotAuthorizedException: 'challenge-ended',
  UserNotFoundException: 'challenge-ended',
  PasswordResetRequiredException: 'challenge-ended',
};
export const atRefresh: Meanings = { NotAuthorizedException: 'session-ended', UserNotFoundException: 'session-ended' };
export const atPasswordChange: Meanings = {
  NotAuthorizedException: 'password-wrong',
  InvalidPasswordException: 'password-too-weak',
  PasswordHistoryPolicyViolationException: 'password-too-weak',
};

const details: Readonly<Partial<Record<ProblemCode, string>>> = {
  'too-many-requests': 'Too many tries. Wait a while.',
  'email-taken': 'Sign in with this address instead.',
  'confirmation-code-wrong': 'The code is not the one that was mailed, or it has expired.',
  'credentials-wrong': 'The e-mail address or the password is wrong.',
  'email-not-confirmed': 'Confirm the address with the code that was mailed to it.',
  'second-factor-wrong': 'The code is not the one that the authenticator app shows now. Each works once.',
  'challenge-ended': 'The sign-in has taken too long. Begin anew.',
  'session-ended': 'The session has ended. Sign in again.',
  'password-wrong': 'The password is not the present one.',
};

/** A problem in the words that go with its code. */
export const told = (code: ProblemCode): Problem => problem(code, details[code] ?? code);

const isOfCognito = (error: unknown): error is CognitoIdentityProviderServiceException =>
  error instanceof CognitoIdentityProviderServiceException;

/** Cognito's answer, or what its refusal means; any refusal without a meaning is a fault of ours. */
export async function asked<T>(answer: Promise<T>, meanings: Meanings): Promise<T | Problem> {
  try {
    return await answer;
  } catch (error) {
    const code = isOfCognito(error) ? (meanings[error.name] ?? everywhere[error.name]) : undefined;
    if (code === undefined) throw error;
    // Which rule the password breaks is known to Cognito alone; its sentence names no secret.
    return problem(code, details[code] ?? (error as Error).message);
  }
}

/**
 * Refusals to send a mail that must not be told apart from a mail sent: there is no such person, they are (or are not yet)
 * confirmed, they have been mailed too often.
 */
const untold = new Set([
  'UserNotFoundException',
  'InvalidParameterException',
  'NotAuthorizedException',
  'LimitExceededException',
]);

/** Whether a mail was sent, for us alone to know. */
export async function mailed(answer: Promise<unknown>): Promise<boolean> {
  try {
    await answer;
    return true;
  } catch (error) {
    if (isOfCognito(error) && untold.has(error.name)) return false;
    throw error;
  }
}

/** Cognito locks an account for a while after wrong passwords, and then does not look at the password at all. */
export const isLock = (error: unknown) =>
  isOfCognito(error) && error.name === 'NotAuthorizedException' && error.message === 'Password attempts exceeded';
