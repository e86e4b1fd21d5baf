import {
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  type AdminInitiateAuthCommandInput,
  type CognitoIdentityProviderClient,
  CognitoIdentityProviderServiceException,
  ConfirmSignUpCommand,
  ResendConfirmationCodeCommand,
  RevokeTokenCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import * as z from 'zod';
import { isProblem, type Problem, type ProblemCode, problem } from '../../domain/api/problems.ts';
import { UserId } from '../../domain/ids.ts';

/** A person as Cognito knows them; `sub` is who they are everywhere. */
const Person = z
  .object({ sub: UserId, email: z.string(), name: z.string() })
  .transform(({ sub, ...rest }) => ({ userId: sub, ...rest }));
export type Person = z.output<typeof Person>;

const Tokens = z.object({ AccessToken: z.string(), RefreshToken: z.string().optional(), ExpiresIn: z.int() });
export interface CognitoTokens {
  readonly accessToken: string;
  /** Given at sign-in only: refreshing does not replace it. */
  readonly refreshToken: string | undefined;
  readonly expiresInSeconds: number;
}

type Meanings = Readonly<Record<string, ProblemCode>>;

/** What each of Cognito's refusals means to the caller; any other is a fault of ours. */
const everywhere: Meanings = {
  TooManyRequestsException: 'too-many-requests',
  LimitExceededException: 'too-many-requests',
  TooManyFailedAttemptsException: 'too-many-requests',
};
const atRegistration: Meanings = {
  UsernameExistsException: 'email-taken',
  InvalidPasswordException: 'password-too-weak',
};
/** Whether there is such a person, or whether they have been confirmed already, is nobody's business. */
const atConfirmation: Meanings = {
  CodeMismatchException: 'confirmation-code-wrong',
  ExpiredCodeException: 'confirmation-code-wrong',
  UserNotFoundException: 'confirmation-code-wrong',
  NotAuthorizedException: 'confirmation-code-wrong',
};
const atSignIn: Meanings = {
  NotAuthorizedException: 'credentials-wrong',
  UserNotFoundException: 'credentials-wrong',
  PasswordResetRequiredException: 'credentials-wrong',
  UserNotConfirmedException: 'email-not-confirmed',
};
const atRefresh: Meanings = { NotAuthorizedException: 'session-ended', UserNotFoundException: 'session-ended' };

const details: Readonly<Partial<Record<ProblemCode, string>>> = {
  'too-many-requests': 'Too many tries. Wait a while.',
  'email-taken': 'Sign in with this address instead.',
  'confirmation-code-wrong': 'The code is not the one that was mailed, or it has expired.',
  'credentials-wrong': 'The e-mail address or the password is wrong.',
  'email-not-confirmed': 'Confirm the address with the code that was mailed to it.',
  'session-ended': 'The session has ended. Sign in again.',
};

async function asked<T>(answer: Promise<T>, meanings: Meanings): Promise<T | Problem> {
  try {
    return await answer;
  } catch (error) {
    const code =
      error instanceof CognitoIdentityProviderServiceException
        ? (meanings[error.name] ?? everywhere[error.name])
        : undefined;
    if (code === undefined) throw error;
    // Which rule the password breaks is known to Cognito alone; its sentence names no secret.
    return problem(code, details[code] ?? (error as Error).message);
  }
}

/** The user pool: passwords, mail and refresh tokens. */
export function userPool(client: CognitoIdentityProviderClient, UserPoolId: string, ClientId: string) {
  async function authenticate(
    request: Pick<AdminInitiateAuthCommandInput, 'AuthFlow' | 'AuthParameters'>,
    meanings: Meanings,
  ) {
    const answer = await asked(
      client.send(new AdminInitiateAuthCommand({ UserPoolId, ClientId, ...request })),
      meanings,
    );
    if (isProblem(answer)) return answer;
    const tokens = Tokens.parse(answer.AuthenticationResult);
    return { accessToken: tokens.AccessToken, refreshToken: tokens.RefreshToken, expiresInSeconds: tokens.ExpiresIn };
  }

  return {
    /** Registers a person, to whom Cognito mails a code. */
    async signUp({
      email,
      password,
      name,
    }: {
      email: string;
      password: string;
      name: string;
    }): Promise<UserId | Problem> {
      const UserAttributes = [
        { Name: 'email', Value: email },
        { Name: 'name', Value: name },
      ];
      const answer = await asked(
        client.send(new SignUpCommand({ ClientId, Username: email, Password: password, UserAttributes })),
        atRegistration,
      );
      return isProblem(answer) ? answer : UserId.parse(answer.UserSub);
    },

    async confirm(email: string, code: string): Promise<Problem | undefined> {
      const command = new ConfirmSignUpCommand({ ClientId, Username: email, ConfirmationCode: code });
      const answer = await asked(client.send(command), atConfirmation);
      return isProblem(answer) ? answer : undefined;
    },

    async resendCode(email: string): Promise<Problem | undefined> {
      const answer = await asked(client.send(new ResendConfirmationCodeCommand({ ClientId, Username: email })), {});
      return isProblem(answer) ? answer : undefined;
    },

    /** `email-not-confirmed` is said whether the password is right or wrong. */
    signIn: (email: string, password: string): Promise<CognitoTokens | Problem> =>
      authenticate(
        { AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', AuthParameters: { USERNAME: email, PASSWORD: password } },
        atSignIn,
      ),

    refresh: (refreshToken: string): Promise<CognitoTokens | Problem> =>
      authenticate({ AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN: refreshToken } }, atRefresh),

    async revoke(refreshToken: string): Promise<void> {
      await client.send(new RevokeTokenCommand({ ClientId, Token: refreshToken }));
    },

    async person(email: string): Promise<Person> {
      const answer = await client.send(new AdminGetUserCommand({ UserPoolId, Username: email }));
      return Person.parse(Object.fromEntries((answer.UserAttributes ?? []).map(({ Name, Value }) => [Name, Value])));
    },
  };
}

export type UserPool = ReturnType<typeof userPool>;
