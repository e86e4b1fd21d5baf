import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  FeaturePlan,
  Mfa,
  StandardThreatProtectionMode,
  UserPool,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import {
  AttributeType,
  Billing,
  type GlobalSecondaryIndexPropsV2,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { passwordMinLength } from '../../domain/access/password.ts';
import { challengeSeconds } from '../../domain/access/totp.ts';
import { bySubjectIndex } from '../../platform/records/audit.ts';
import { byEmailIndex, byHandleIndex, byNameIndex, notableIndex } from '../../platform/records/users.ts';
import type { Environment } from '../config/environment.ts';
import { Mail } from './identity/mail.ts';

export interface IdentityProps extends StackProps {
  readonly config: Environment;
}

/** Who people are: their passwords are Cognito's, all else about them is in the users table. */
export class IdentityStack extends Stack {
  readonly pool: UserPool;
  readonly client: UserPoolClient;
  /** People, their roles and their sessions. */
  readonly users: TableV2;
  /** What admins have done to people: written and read, and never changed. */
  readonly audit: TableV2;
  /** Encrypts Cognito's refresh tokens, which never leave our side. */
  readonly sessionKey: Key;

  constructor(scope: Construct, id: string, { config, ...props }: IdentityProps) {
    super(scope, id, { ...props, terminationProtection: config.isProtected });
    const removalPolicy = config.isProtected ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;

    const mail = config.mail && new Mail(this, 'Mail', { config, mail: config.mail });
    this.pool = new UserPool(this, 'Pool', {
      signInAliases: { email: true },
      signInCaseSensitive: false,
      selfSignUpEnabled: true,
      autoVerify: { email: true },
      keepOriginal: { email: true },
      standardAttributes: { email: { required: true, mutable: true } },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      passwordPolicy: {
        minLength: passwordMinLength,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { sms: false, otp: true },
      ...(mail?.ofPool && { email: mail.ofPool }),
      ...(config.threatProtection
        ? { featurePlan: FeaturePlan.PLUS, standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION }
        : { featurePlan: FeaturePlan.ESSENTIALS }),
      deletionProtection: config.isProtected,
      removalPolicy,
    });
    Validations.of(this.pool).acknowledge({
      id: 'AwsSolutions-COG2',
      reason:
        'A second factor is each person’s choice: a site that nobody can watch without one would not be watched. Guessing at passwords is slowed (docs/decisions/0024), and in staging and prod threat protection judges each sign-in.',
    });
    if (!config.threatProtection) {
      const reason =
        'Threat protection needs the Plus plan, priced by person; this environment holds test accounts only.';
      Validations.of(this.pool).acknowledge({ id: 'AwsSolutions-COG3', reason }, { id: 'AwsSolutions-COG8', reason });
    }

    this.client = this.pool.addClient('Client', {
      generateSecret: false,
      // Passwords pass through the auth service alone, under its own permissions: no flow that a browser could use.
      authFlows: { adminUserPassword: true },
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      // For as long the auth service keeps a challenge open (lambdas/auth/sign-in.ts).
      authSessionValidity: Duration.seconds(challengeSeconds),
      accessTokenValidity: Duration.minutes(15),
      idTokenValidity: Duration.minutes(15),
      refreshTokenValidity: Duration.days(30),
      disableOAuth: true,
    });

    const kept = {
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.dynamoOwnedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: config.isProtected,
      removalPolicy,
    };
    const text = (name: string) => ({ name, type: AttributeType.STRING });
    const found = (indexName: string, partition: string, sort: string): GlobalSecondaryIndexPropsV2 => ({
      indexName,
      partitionKey: text(partition),
      sortKey: text(sort),
      projectionType: ProjectionType.KEYS_ONLY,
    });
    this.users = new TableV2(this, 'Users', {
      ...kept,
      partitionKey: text('pk'),
      sortKey: text('sk'),
      timeToLiveAttribute: 'expiresAt',
      // Names of people are shown beside what they make: the community's views follow their profiles.
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      globalSecondaryIndexes: [
        found(byEmailIndex, 'directory', 'email'),
        found(byNameIndex, 'directory', 'nameKey'),
        found(byHandleIndex, 'directory', 'handle'),
        found(notableIndex, 'notable', 'email'),
      ],
    });
    this.audit = new TableV2(this, 'Audit', {
      ...kept,
      partitionKey: text('trail'),
      sortKey: text('auditId'),
      globalSecondaryIndexes: [
        { indexName: bySubjectIndex, partitionKey: text('subjectId'), sortKey: text('auditId') },
      ],
    });

    this.sessionKey = new Key(this, 'SessionKey', {
      description: `Sluice ${config.id}: refresh tokens of sessions`,
      enableKeyRotation: true,
      removalPolicy,
    });

    new CfnOutput(this, 'UsersTableName', { value: this.users.tableName });
    new CfnOutput(this, 'UserPoolId', { value: this.pool.userPoolId });
    new CfnOutput(this, 'UserPoolClientId', { value: this.client.userPoolClientId });
  }
}
