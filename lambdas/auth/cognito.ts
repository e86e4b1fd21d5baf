import {
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  type AdminInitiateAuthCommandOutput,
  AdminRespondToAuthChallengeCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminUserGlobalSignOutCommand,
  AssociateSoftwareTokenCommand,
  ChangePasswordCommand,
  type CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  ResendConfirmationCodeCommand,
  RevokeTokenCommand,
  SignUpCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import * as z from 'zod';
import { isProblem, type Problem } from '../../domain/api/problems.ts';
import { UserId } from '../../domain/ids.ts';
import {
  asked,
  atConfirmation,
  atPasswordChange,
  atRefresh,
  atRegistration,
  atReset,
  atSecondFactor,
  atSignIn,
  isLock,
  type Meanings,
  mailed,
  told,
} from './cognito-refusals.ts';

/** A person as Cognito knows them; `sub` is who they are everywhere. */
const Person = z
  .object({ sub: UserId, email: z.string(), name: z.string() })
  .transform(({ sub, ...rest }) => ({ userId: sub, ...rest }));
export type Person = z.output<typeof Person>;

const Tokens = z.object({ AccessToken: z.string(), RefreshToken: z.string().optional() });
/** Of the payload of an access token (RFC 7519, section 4.1.2). */
const Claims = z.object({ sub: UserId });
/** What Cognito gives who has signed in. None of it leaves us. */
export interface CognitoTokens {
  readonly userId: UserId;
  readonly accessToken: string;
  /** Given at sign-in only: refreshing does not replace it. */
  readonly refreshToken: string | undefined;
}

/** The password was right, and a code of the authenticator app is asked for. */
export interface CognitoChallenge {
  /** As Cognito calls them while the challenge is open. */
  readonly username: string;
  /** What the code must be sent with. */
  readonly cognitoSession: string;
}
export const isChallenge = (answer: CognitoTokens | CognitoChallenge): answer is CognitoChallenge =>
  'cognitoSession' in answer;

const totp = 'SOFTWARE_TOKEN_MFA';
const Challenge = z.object({
  ChallengeName: z.literal(totp),
  Session: z.string(),
  ChallengeParameters: z.object({ USER_ID_FOR_SRP: z.string() }),
});

function outcomeOf(answer: Pick<AdminInitiateAuthCommandOutput, 'AuthenticationResult' | 'ChallengeName'>) {
  if (answer.ChallengeName !== undefined) {
    const { Session, ChallengeParameters } = Challenge.parse(answer);
    return { username: ChallengeParameters.USER_ID_FOR_SRP, cognitoSession: Session };
  }
  const { AccessToken, RefreshToken } = Tokens.parse(answer.AuthenticationResult);
  // Just handed over by Cognito itself: there is no signature to doubt.
  const [, payload = ''] = AccessToken.split('.');
  const { sub } = Claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
  return { userId: sub, accessToken: AccessToken, refreshToken: RefreshToken };
}

function tokensOf(answer: AdminInitiateAuthCommandOutput): CognitoTokens {
  const outcome = outcomeOf(answer);
  if (isChallenge(outcome)) throw new Error('Cognito asks for a code where it has none to ask for');
  return outcome;
}

/** The user pool: passwords, second factors, mail and refresh tokens. */
export function userPool(client: CognitoIdentityProviderClient, UserPoolId: string, ClientId: string) {
  /** For what answers with nothing that is of use. */
  async function refusal(answer: Promise<unknown>, meanings: Meanings): Promise<Problem | undefined> {
    const outcome = await asked(answer, meanings);
    return isProblem(outcome) ? outcome : undefined;
  }

  return {
    /** Registers a person, to whom Cognito mails a code. */
    async signUp({ email, password, name }: Record<'email' | 'password' | 'name', string>): Promise<UserId | Problem> {
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

    confirm: (email: string, code: string): Promise<Problem | undefined> =>
      refusal(
        client.send(new ConfirmSignUpCommand({ ClientId, Username: email, ConfirmationCode: code })),
        atConfirmation,
      ),

    /** Whether a code was mailed to who has not confirmed their address. */
    resendCode: (email: string): Promise<boolean> =>
      mailed(client.send(new ResendConfirmationCodeCommand({ ClientId, Username: email }))),

    /** Whether a code was mailed by which a new password can be chosen. */
    forgotPassword: (email: string): Promise<boolean> =>
      mailed(client.send(new ForgotPasswordCommand({ ClientId, Username: email }))),

    resetPassword: (email: string, code: string, password: string): Promise<Problem | undefined> =>
      refusal(
        client.send(
          new ConfirmForgotPasswordCommand({ ClientId, Username: email, ConfirmationCode: code, Password: password }),
        ),
        atReset,
      ),

    /**
     * `email-not-confirmed` is said whether the password is right or wrong. That Cognito has locked the account is said to
     * known devices only: to anybody else it would tell that there is such an account.
     */
    async signIn(
      email: string,
      password: string,
      isKnown: boolean,
    ): Promise<CognitoTokens | CognitoChallenge | Problem> {
      const AuthParameters = { USERNAME: email, PASSWORD: password };
      const request = { UserPoolId, ClientId, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', AuthParameters } as const;
      const sent = client.send(new AdminInitiateAuthCommand(request)).catch((error: unknown) => {
        if (isKnown && isLock(error)) return told('too-many-requests');
        throw error;
      });
      const answer = await asked(sent, atSignIn);
      return isProblem(answer) ? answer : outcomeOf(answer);
    },

    /** The second step of a sign-in: the code of the authenticator app. */
    async answerChallenge(
      { username, cognitoSession }: CognitoChallenge,
      code: string,
    ): Promise<CognitoTokens | Problem> {
      const ChallengeResponses = { USERNAME: username, SOFTWARE_TOKEN_MFA_CODE: code };
      const request = {
        UserPoolId,
        ClientId,
        ChallengeName: totp,
        Session: cognitoSession,
        ChallengeResponses,
      } as const;
      const answer = await asked(client.send(new AdminRespondToAuthChallengeCommand(request)), atSecondFactor);
      return isProblem(answer) ? answer : tokensOf(answer);
    },

    async refresh(refreshToken: string): Promise<CognitoTokens | Problem> {
      const AuthParameters = { REFRESH_TOKEN: refreshToken };
      const request = { UserPoolId, ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters } as const;
      const answer = await asked(client.send(new AdminInitiateAuthCommand(request)), atRefresh);
      return isProblem(answer) ? answer : tokensOf(answer);
    },

    async revoke(refreshToken: string): Promise<void> {
      await client.send(new RevokeTokenCommand({ ClientId, Token: refreshToken }));
    },

    /** Revokes every token of the person. */
    async revokeAll(userId: UserId): Promise<void> {
      await client.send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username: userId }));
    },

    async person(username: string): Promise<Person> {
      const answer = await client.send(new AdminGetUserCommand({ UserPoolId, Username: username }));
      return Person.parse(Object.fromEntries((answer.UserAttributes ?? []).map(({ Name, Value }) => [Name, Value])));
    },

    changePassword: (accessToken: string, oldPassword: string, newPassword: string): Promise<Problem | undefined> =>
      refusal(
        client.send(
          new ChangePasswordCommand({
            AccessToken: accessToken,
            PreviousPassword: oldPassword,
            ProposedPassword: newPassword,
          }),
        ),
        atPasswordChange,
      ),

    /** A new secret for an authenticator app, in base32; it counts once a code made of it has been shown. */
    async newTotpSecret(accessToken: string): Promise<string> {
      const answer = await client.send(new AssociateSoftwareTokenCommand({ AccessToken: accessToken }));
      return z.string().parse(answer.SecretCode);
    },

    confirmTotp: (accessToken: string, code: string): Promise<Problem | undefined> =>
      refusal(
        client.send(new VerifySoftwareTokenCommand({ AccessToken: accessToken, UserCode: code })),
        atSecondFactor,
      ),

    /** Whether a code is asked for at sign-in. */
    async setTotp(userId: UserId, isOn: boolean): Promise<void> {
      const SoftwareTokenMfaSettings = { Enabled: isOn, PreferredMfa: isOn };
      await client.send(
        new AdminSetUserMFAPreferenceCommand({ UserPoolId, Username: userId, SoftwareTokenMfaSettings }),
      );
    },

    async hasTotp(userId: UserId): Promise<boolean> {
      const { UserMFASettingList = [] } = await client.send(new AdminGetUserCommand({ UserPoolId, Username: userId }));
      return UserMFASettingList.includes(totp);
    },
  };
}

export type UserPool = ReturnType<typeof userPool>;
