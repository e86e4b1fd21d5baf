import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { only, resources, stack, synthesized } from './synthesized.ts';

const prod = synthesized('prod');
const local = synthesized('local');
const storage = stack(prod, 'Storage');
const identity = stack(prod, 'Identity');
const tables = [
  ...resources(storage, 'AWS::DynamoDB::GlobalTable'),
  ...resources(identity, 'AWS::DynamoDB::GlobalTable'),
];

describe('every bucket', () => {
  const buckets = resources(storage, 'AWS::S3::Bucket');
  const policies = resources(storage, 'AWS::S3::BucketPolicy');

  test.each(buckets)(
    '%s is private, encrypted, and ends abandoned multipart uploads after a week',
    (_, { Properties }) => {
      expect(Properties).toMatchObject({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        LifecycleConfiguration: {
          Rules: expect.arrayContaining([
            expect.objectContaining({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }),
          ]),
        },
      });
    },
  );

  test('has one policy, which refuses plain http', () => {
    expect(policies.map(([, { Properties }]) => Properties['Bucket'])).toHaveLength(buckets.length);
    expect(new Set(policies.map(([, { Properties }]) => JSON.stringify(Properties['Bucket'])))).toHaveProperty(
      'size',
      buckets.length,
    );
    for (const [, { Properties }] of policies) {
      expect(Properties).toMatchObject({
        PolicyDocument: {
          Statement: expect.arrayContaining([
            expect.objectContaining({
              Effect: 'Deny',
              Action: 's3:*',
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            }),
          ]),
        },
      });
    }
  });
});

describe('the distribution', () => {
  interface Statement {
    readonly Principal: unknown;
    readonly Action: string;
    readonly Condition: unknown;
  }
  const toCloudFront = resources(storage, 'AWS::S3::BucketPolicy').flatMap(([id, { Properties }]) =>
    (Properties['PolicyDocument'] as { Statement: Statement[] }).Statement.filter(
      ({ Principal }) => JSON.stringify(Principal) === '{"Service":"cloudfront.amazonaws.com"}',
    ).map((statement) => ({ bucket: /media|web|uploads|logs/.exec(id)?.[0], ...statement })),
  );

  test('may read and list media and web, and nothing else', () => {
    expect(toCloudFront.map(({ bucket, Action }) => `${bucket} ${Action}`).toSorted()).toEqual([
      'media s3:GetObject',
      'media s3:ListBucket',
      'web s3:GetObject',
      'web s3:ListBucket',
    ]);
  });

  test('must be one of this account', () => {
    for (const { Condition } of toCloudFront) {
      expect(JSON.stringify(Condition)).toContain('":cloudfront::",{"Ref":"AWS::AccountId"},":distribution/*"');
    }
  });
});

test.each(['uploads', 'media', 'web'])(
  'what is overwritten or deleted in %s can be had again for a month',
  (purpose) => {
    storage.hasResourceProperties('AWS::S3::Bucket', {
      BucketName: Match.objectLike({ 'Fn::Join': ['', Match.arrayWith([`sluice-prod-${purpose}-`])] }),
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: {
        Rules: Match.arrayWith([Match.objectLike({ NoncurrentVersionExpiration: { NoncurrentDays: 30 } })]),
      },
    });
  },
);

describe('the uploads bucket', () => {
  const uploads = { BucketName: Match.objectLike({ 'Fn::Join': ['', Match.arrayWith(['sluice-prod-uploads-'])] }) };

  test.each(['peeks/', 'pictures/'])('forgets %s, and every version of what is there, within days', (prefix) => {
    storage.hasResourceProperties('AWS::S3::Bucket', {
      ...uploads,
      LifecycleConfiguration: {
        Rules: Match.arrayWith([
          Match.objectLike({
            Prefix: prefix,
            ExpirationInDays: 2,
            NoncurrentVersionExpiration: { NoncurrentDays: 1 },
          }),
        ]),
      },
    });
  });

  test('keeps what failed tries said as long as other logs', () => {
    storage.hasResourceProperties('AWS::S3::Bucket', {
      ...uploads,
      LifecycleConfiguration: {
        Rules: Match.arrayWith([Match.objectLike({ Prefix: 'logs/', ExpirationInDays: 365 })]),
      },
    });
  });

  test('tells EventBridge of its objects', () => {
    storage.hasResourceProperties('AWS::S3::Bucket', {
      ...uploads,
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    });
  });

  test('lets the site, and no other, put parts and read their ETag', () => {
    storage.hasResourceProperties('AWS::S3::Bucket', {
      ...uploads,
      CorsConfiguration: {
        CorsRules: [
          Match.objectLike({
            AllowedOrigins: ['https://sluice.example'],
            AllowedMethods: ['PUT'],
            AllowedHeaders: Match.arrayWith(['x-amz-checksum-sha256']),
            ExposedHeaders: ['ETag'],
          }),
        ],
      },
    });
  });
});

describe('every table', () => {
  test.each(tables)('%s can be restored to any second, and refuses deletion', (_, table) => {
    expect(table.Properties['Replicas']).toEqual([
      expect.objectContaining({
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    ]);
    expect(table.DeletionPolicy).toBe('Retain');
    expect(table.UpdateReplacePolicy).toBe('Retain');
  });

  test('that forgets does so by the attribute that its records carry', () => {
    const ttl = Object.fromEntries(
      tables.map(([id, { Properties }]) => [
        id.replace(/[0-9A-F]{8}$/, ''),
        (Properties['TimeToLiveSpecification'] as { AttributeName: string } | undefined)?.AttributeName,
      ]),
    );
    expect(ttl).toEqual({
      Videos: 'expiresAtSeconds',
      Quotas: undefined,
      UploadSessions: 'expiresAtSeconds',
      Jobs: 'expiresAtSeconds',
      Users: 'expiresAt',
      LibraryHistory: undefined,
      LibraryPlaylists: undefined,
    });
  });
});

test('videos have a stream, and the indexes that their records name', () => {
  storage.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
    KeySchema: [{ AttributeName: 'videoId', KeyType: 'HASH' }],
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    GlobalSecondaryIndexes: [
      Match.objectLike({
        IndexName: 'byOwner',
        KeySchema: [
          { AttributeName: 'ownerId', KeyType: 'HASH' },
          { AttributeName: 'videoId', KeyType: 'RANGE' },
        ],
      }),
      Match.objectLike({
        IndexName: 'unsettled',
        KeySchema: [
          { AttributeName: 'unsettled', KeyType: 'HASH' },
          { AttributeName: 'updatedAt', KeyType: 'RANGE' },
        ],
      }),
      Match.objectLike({
        IndexName: 'trash',
        KeySchema: [
          { AttributeName: 'trashOf', KeyType: 'HASH' },
          { AttributeName: 'deletedAt', KeyType: 'RANGE' },
        ],
      }),
      Match.objectLike({
        IndexName: 'removal',
        KeySchema: [
          { AttributeName: 'removal', KeyType: 'HASH' },
          { AttributeName: 'removalAt', KeyType: 'RANGE' },
        ],
      }),
      Match.objectLike({
        IndexName: 'publication',
        KeySchema: [
          { AttributeName: 'publication', KeyType: 'HASH' },
          { AttributeName: 'publicationAt', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      }),
    ],
  });
});

describe('what must outlive a stack', () => {
  const stateful = new Set([
    'AWS::S3::Bucket',
    'AWS::DynamoDB::GlobalTable',
    'AWS::Cognito::UserPool',
    'AWS::KMS::Key',
  ]);

  test.each(['Storage', 'Identity'] as const)('is retained in %s of prod', (name) => {
    const kept = resources(stack(prod, name)).filter(([, { Type }]) => stateful.has(Type));
    expect(kept.length).toBeGreaterThan(0);
    for (const [id, { DeletionPolicy }] of kept) expect(DeletionPolicy, id).toBe('Retain');
  });

  test('goes with its stack in the local environment', () => {
    for (const [id, { DeletionPolicy }] of resources(stack(local, 'Storage'), 'AWS::S3::Bucket'))
      expect(DeletionPolicy, id).toBe('Delete');
  });
});

describe('the user pool', () => {
  test('takes strong passwords only and does not tell who is registered', () => {
    identity.hasResourceProperties('AWS::Cognito::UserPool', {
      Policies: { PasswordPolicy: Match.objectLike({ MinimumLength: 12, RequireNumbers: true, RequireSymbols: true }) },
      UserPoolTier: 'PLUS',
      UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
      DeletionProtection: 'ACTIVE',
    });
    identity.hasResourceProperties('AWS::Cognito::UserPoolClient', { PreventUserExistenceErrors: 'ENABLED' });
  });

  test('has no flow by which a browser could send a password to it', () => {
    const { Properties } = only(identity, 'AWS::Cognito::UserPoolClient');
    expect((Properties['ExplicitAuthFlows'] as string[]).toSorted()).toEqual([
      'ALLOW_ADMIN_USER_PASSWORD_AUTH',
      'ALLOW_REFRESH_TOKEN_AUTH',
    ]);
    expect(Properties['GenerateSecret']).toBe(false);
  });
});

test('a position costs one write: the index of a history holds keys alone', () => {
  storage.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
    KeySchema: [
      { AttributeName: 'userId', KeyType: 'HASH' },
      { AttributeName: 'item', KeyType: 'RANGE' },
    ],
    LocalSecondaryIndexes: [
      {
        IndexName: 'byStart',
        KeySchema: [
          { AttributeName: 'userId', KeyType: 'HASH' },
          { AttributeName: 'startedAt', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  });
});
