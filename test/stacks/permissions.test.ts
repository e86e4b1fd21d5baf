import { describe, expect, test } from 'vitest';
import { resources, type StackName, synthesizedWithMail } from './synthesized.ts';

/**
 * What each role may do, in full. This list is meant to be read when it changes: a new line is a new permission of
 * something that faces strangers.
 */
const prod = synthesizedWithMail();

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}
const listOf = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);

function statementsOf(stackName: StackName, role: string): readonly Statement[] {
  const template = prod[stackName];
  if (template === undefined) throw new Error(`no stack ${stackName}`);
  return resources(template, 'AWS::IAM::Policy')
    .filter(([id]) => id.replace(/(Default)?Policy[0-9A-F]{8}$/, '') === role)
    .flatMap(([, { Properties }]) => (Properties['PolicyDocument'] as { Statement: Statement[] }).Statement);
}

const actionsOf = (stackName: StackName, role: string) =>
  [...new Set(statementsOf(stackName, role).flatMap(({ Action }) => listOf(Action)))].toSorted();

/** Log and traces of every function. */
const everyFunction = [
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];
const everyService = [
  ...everyFunction,
  'dynamodb:BatchGetItem',
  'dynamodb:GetItem',
  'dynamodb:UpdateItem',
  'secretsmanager:GetSecretValue',
];

/** A queue for what a function could not take. */
const keepsLost = ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'];

/** The stream of a table, and what could not be taken from it. */
const followsTable = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
  ...keepsLost,
];

describe('actions', () => {
  test.each<[StackName, string, readonly string[]]>([
    [
      'Api',
      'AuthRole',
      [
        ...everyService,
        'cognito-idp:AdminGetUser',
        'cognito-idp:AdminInitiateAuth',
        'cognito-idp:AdminRespondToAuthChallenge',
        'cognito-idp:AdminSetUserMFAPreference',
        'cognito-idp:AdminUserGlobalSignOut',
        'dynamodb:DeleteItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
        'events:PutEvents',
        'kms:Decrypt',
        'kms:Encrypt',
      ],
    ],
    [
      'MailEvents',
      'MarkAddressesListenerRole',
      [...everyFunction, ...keepsLost, 'cognito-idp:AdminGetUser', 'dynamodb:UpdateItem'],
    ],
    ['MailEvents', 'TellOwnersListenerRole', [...everyFunction, ...keepsLost, 'dynamodb:GetItem', 'ses:SendEmail']],
    [
      'Api',
      'PeopleRole',
      [
        ...everyService,
        'dynamodb:ConditionCheckItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
        'events:PutEvents',
        's3:DeleteObjectVersion',
        's3:GetObject',
        's3:ListBucketVersions',
        's3:PutObject',
      ],
    ],
    [
      'PersonalData',
      'ExportListenerRole',
      [
        ...everyFunction,
        ...keepsLost,
        'dynamodb:GetItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
        's3:ListBucketVersions',
        's3:PutObject',
      ],
    ],
    [
      'PersonalData',
      'EraseRole',
      [
        ...everyFunction,
        'cognito-idp:AdminDeleteUser',
        'dynamodb:BatchWriteItem',
        'dynamodb:DeleteItem',
        'dynamodb:GetItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
        's3:AbortMultipartUpload',
        's3:DeleteObject',
        's3:DeleteObjectVersion',
        's3:ListBucketVersions',
      ],
    ],
    [
      'Api',
      'UploadRole',
      [
        ...everyService,
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
        's3:AbortMultipartUpload',
        's3:GetObject',
        's3:ListBucket',
        's3:ListMultipartUploadParts',
        's3:PutObject',
        'sqs:SendMessage',
        'states:StartExecution',
      ],
    ],
    [
      'Api',
      'ContentRole',
      [
        ...everyService,
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
        'events:PutEvents',
        's3:GetObject',
        's3:ListBucket',
        's3:PutObject',
        'sqs:SendMessage',
      ],
    ],
    ['Api', 'StreamingRole', [...everyService, 'dynamodb:GetItem', 'kms:Decrypt']],
    [
      'Api',
      'CommunityRole',
      [
        ...everyService,
        'dynamodb:BatchWriteItem',
        'dynamodb:DeleteItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
      ],
    ],
    [
      'Views',
      'VideosListenerRole',
      [
        ...everyFunction,
        ...followsTable,
        'dynamodb:BatchWriteItem',
        'dynamodb:DeleteItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
      ],
    ],
    [
      'Views',
      'CountsListenerRole',
      [...everyFunction, ...followsTable, 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
    ],
    [
      'Views',
      'ProfilesListenerRole',
      [...everyFunction, ...followsTable, 'dynamodb:DeleteItem', 'dynamodb:UpdateItem'],
    ],
    [
      'Views',
      'RebuildRole',
      [
        ...everyFunction,
        'dynamodb:BatchWriteItem',
        'dynamodb:DeleteItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:Scan',
        'dynamodb:UpdateItem',
      ],
    ],
    [
      'Api',
      'ProcessingRole',
      [
        ...everyService,
        'dynamodb:GetItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
        's3:GetObject',
        'states:StartExecution',
      ],
    ],
    [
      'Api',
      'HistoryRole',
      [
        ...everyService,
        'dynamodb:DeleteItem',
        'dynamodb:GetItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
        'events:PutEvents',
      ],
    ],
    [
      'Api',
      'PlaylistsRole',
      [
        ...everyService,
        'dynamodb:DeleteItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
        'events:PutEvents',
      ],
    ],
    [
      'Processing',
      'StagesRole',
      [
        ...everyFunction,
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
        'events:PutEvents',
        'iam:PassRole',
        'mediaconvert:CancelJob',
        'mediaconvert:CreateJob',
        's3:GetObject',
        's3:ListBucket',
        's3:PutObject',
        'sqs:SendMessage',
        'states:SendTaskFailure',
        'states:SendTaskSuccess',
      ],
    ],
    ['Processing', 'MediaConvertJobRole', ['s3:GetObject', 's3:PutObject']],
    [
      'Processing',
      'MediaConvertMediaConvertEventsRole',
      [...everyFunction, 'dynamodb:GetItem', 'dynamodb:UpdateItem', 'states:SendTaskFailure', 'states:SendTaskSuccess'],
    ],
    [
      'Processing',
      'FunctionsStartRole',
      [...everyFunction, 'dynamodb:GetItem', 'dynamodb:UpdateItem', 'states:StartExecution'],
    ],
    [
      'Processing',
      'FunctionsReconcileRole',
      [
        ...everyFunction,
        'dynamodb:GetItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
        'events:PutEvents',
        'mediaconvert:GetJob',
        'sqs:SendMessage',
        'states:DescribeExecution',
        'states:SendTaskFailure',
        'states:SendTaskSuccess',
        'states:StartExecution',
      ],
    ],
    ['Processing', 'BacklogMeasureBacklogRole', [...everyFunction, 'dynamodb:Query', 'sqs:GetQueueAttributes']],
    [
      'Processing',
      'FunctionsDeadLetterRole',
      [
        ...everyFunction,
        'dynamodb:GetItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:GetQueueUrl',
        'sqs:ReceiveMessage',
        'sqs:SendMessage',
        'states:SendTaskFailure',
        'states:SendTaskSuccess',
      ],
    ],
    [
      'Processing',
      'CaptionsListenerRole',
      [
        ...everyFunction,
        ...keepsLost,
        'dynamodb:GetItem',
        'dynamodb:Query',
        's3:GetObject',
        's3:ListBucket',
        's3:PutObject',
      ],
    ],
    [
      'Processing',
      'ClearHistoryListenerRole',
      [...everyFunction, ...keepsLost, 'dynamodb:DeleteItem', 'dynamodb:Query'],
    ],
    [
      'Processing',
      'CleanPlaylistsListenerRole',
      [...everyFunction, ...keepsLost, 'dynamodb:DeleteItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
    ],
    [
      'Processing',
      'PublishDueListenerRole',
      [...everyFunction, ...keepsLost, 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem', 'events:PutEvents'],
    ],
    [
      'Processing',
      'UploadExpiryExpireUploadsRole',
      [
        ...everyFunction,
        'dynamodb:GetItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
        's3:AbortMultipartUpload',
        's3:GetObject',
        's3:ListBucket',
      ],
    ],
    [
      'Removal',
      'RemoveListenerRole',
      [
        ...everyFunction,
        ...keepsLost,
        'cloudfront:CreateInvalidation',
        'dynamodb:BatchWriteItem',
        'dynamodb:DeleteItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
        'events:PutEvents',
        'mediaconvert:CancelJob',
        's3:AbortMultipartUpload',
        's3:DeleteObject',
        's3:DeleteObjectVersion',
        's3:GetObject',
        's3:ListBucket',
        's3:ListBucketMultipartUploads',
        's3:ListBucketVersions',
        's3:PutObject',
        'states:StartExecution',
        'states:StopExecution',
      ],
    ],
    [
      'Workers',
      'TaskRole',
      [
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
        'ecs:GetTaskProtection',
        'ecs:UpdateTaskProtection',
        'events:PutEvents',
        'kms:Decrypt',
        'kms:GenerateDataKeyWithoutPlaintext',
        's3:AbortMultipartUpload',
        's3:GetObject',
        's3:ListBucket',
        's3:PutObject',
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
        'sqs:ReceiveMessage',
        'sqs:SendMessage',
        'states:SendTaskFailure',
        'states:SendTaskSuccess',
      ],
    ],
  ])('of %s %s', (stackName, role, actions) => {
    expect(actionsOf(stackName, role)).toEqual([...new Set(actions)].toSorted());
  });
});

describe('wildcards', () => {
  const flat = (resource: unknown): string =>
    JSON.stringify(resource, (_, value) =>
      value && typeof value === 'object' && 'Fn::Join' in value
        ? (value['Fn::Join'] as [string, unknown[]])[1].map((part) => (typeof part === 'string' ? part : '…')).join('')
        : value,
    );
  const all = (Object.keys(prod) as StackName[]).flatMap((stackName) => {
    const template = prod[stackName];
    return template === undefined
      ? []
      : resources(template, 'AWS::IAM::Policy').map(([id, { Properties }]) => ({
          stackName,
          id,
          statements: (Properties['PolicyDocument'] as { Statement: Statement[] }).Statement,
        }));
  });

  test('stand in no action', () => {
    for (const { stackName, id, statements } of all) {
      for (const { Action } of statements)
        for (const action of listOf(Action)) expect(action, `${stackName} ${id}`).not.toContain('*');
    }
  });

  test('stand for all resources only where an action knows none', () => {
    const withoutResources =
      /^(xray:Put|logs:(Create|Get|Update|Delete|List)LogDelivery|logs:ListLogDeliveries|logs:PutResourcePolicy|logs:DescribeResourcePolicies|logs:DescribeLogGroups|xray:GetSampling|ecr:GetAuthorizationToken)/;
    for (const { stackName, id, statements } of all) {
      for (const { Action, Resource } of statements.filter((statement) => listOf(statement.Resource).includes('*'))) {
        for (const action of listOf(Action))
          expect(action, `${stackName} ${id} ${JSON.stringify(Resource)}`).toMatch(withoutResources);
      }
    }
  });

  test('in names of resources are prefixes of one bucket, executions of one machine, tasks of one cluster, or jobs of MediaConvert', () => {
    const found = new Set(
      all.flatMap(({ statements }) =>
        statements
          .flatMap(({ Resource }) => listOf(Resource))
          .map(flat)
          .filter((name) => name.includes('*') && name !== '"*"'),
      ),
    );
    expect([...found].toSorted()).toEqual([
      '"arn:…:ecs:us-east-1:…:task/…/*"',
      '"arn:…:mediaconvert:us-east-1:…:jobs/*"',
      '"arn:…:s3:::cdk-hnb659fds-assets-…-us-east-1/*"',
      '"arn:…:s3:::sluice-prod-media-…-us-east-1/media/*"',
      '"arn:…:s3:::sluice-prod-media-…-us-east-1/media/*/captions/*"',
      '"arn:…:s3:::sluice-prod-media-…-us-east-1/media/channels/*"',
      '"arn:…:s3:::sluice-prod-uploads-…-us-east-1/exports/*"',
      '"arn:…:s3:::sluice-prod-uploads-…-us-east-1/logs/*"',
      '"arn:…:s3:::sluice-prod-uploads-…-us-east-1/peeks/*"',
      '"arn:…:s3:::sluice-prod-uploads-…-us-east-1/pictures/*"',
      '"arn:…:s3:::sluice-prod-uploads-…-us-east-1/remuxed/*"',
      '"arn:…:s3:::sluice-prod-uploads-…-us-east-1/sources/*"',
      '"arn:…:s3:::sluice-prod-uploads-…-us-east-1/withheld/*"',
      '"arn:…:s3:::sluice-prod-web-…-us-east-1/*"',
      '"arn:…:states:us-east-1:…:execution:sluice-prod-process-video:*"',
    ]);
  });
});

test('a refresh token is encrypted and decrypted for a named session only', () => {
  const [statement] = statementsOf('Api', 'AuthRole').filter(({ Action }) => listOf(Action).includes('kms:Decrypt'));
  expect(statement?.Condition).toEqual({
    'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['userId', 'sessionId'] },
    Null: { 'kms:EncryptionContextKeys': 'false' },
  });
});

test('mail is sent from one address of one domain', () => {
  const [statement] = statementsOf('MailEvents', 'TellOwnersListenerRole').filter(({ Action }) =>
    listOf(Action).includes('ses:SendEmail'),
  );
  expect(statement?.Condition).toEqual({ StringEquals: { 'ses:FromAddress': 'no-reply@sluice.example' } });
  expect(JSON.stringify(statement?.Resource)).toContain(':identity/sluice.example');
});

test('content keys are opened and made only for what says whose they are', () => {
  for (const [stackName, role] of [
    ['Api', 'StreamingRole'],
    ['Workers', 'TaskRole'],
  ] as const) {
    const [statement] = statementsOf(stackName, role).filter(({ Action }) => listOf(Action).includes('kms:Decrypt'));
    expect(statement?.Condition).toEqual({
      'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['videoId', 'attempt'] },
      Null: { 'kms:EncryptionContextKeys': 'false' },
    });
  }
});

test('MediaConvert gets its own role and no other, by the one queue, and takes it on for this account only', () => {
  const statements = statementsOf('Processing', 'StagesRole');
  const [pass] = statements.filter(({ Action }) => listOf(Action).includes('iam:PassRole'));
  const [create] = statements.filter(({ Action }) => listOf(Action).includes('mediaconvert:CreateJob'));
  expect(JSON.stringify(pass?.Resource)).toMatch(/^{"Fn::GetAtt":\["MediaConvertJobRole/);
  expect(pass?.Condition).toEqual({ StringEquals: { 'iam:PassedToService': 'mediaconvert.amazonaws.com' } });
  expect(JSON.stringify(create?.Resource)).toContain(':queues/Default');
  prod.Processing?.hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [
        {
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          Principal: { Service: 'mediaconvert.amazonaws.com' },
        },
      ],
    },
  });
});
