import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { uploadsByVideoIndex } from '../../platform/records/upload-sessions.ts';
import {
  byOwnerIndex,
  publicationIndex,
  removalIndex,
  trashIndex,
  unsettledIndex,
} from '../../platform/records/videos.ts';
import type { Environment } from '../config/environment.ts';
import { Buckets } from './storage/buckets.ts';
import { CommunityTables } from './storage/community-tables.ts';
import { LibraryTables } from './storage/library-tables.ts';

export interface StorageProps extends StackProps {
  readonly config: Environment;
}

/** Keys of titles are made and opened only for what says whose they are: a video and an attempt. */
export const ofOneRun = {
  'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['videoId', 'attempt'] },
  Null: { 'kms:EncryptionContextKeys': 'false' },
};

/** Everything that must outlive a deployment: sources, media, the web app's files, and the records of videos. */
export class StorageStack extends Stack {
  readonly buckets: Buckets;
  /** The records of videos. Its stream is what views are derived from. */
  readonly videos: TableV2;
  /** Upload sessions. */
  readonly uploads: TableV2;
  /** What each creator has used of what they may upload. */
  readonly quotas: TableV2;
  /** The records of runs: plans, stages, jobs. */
  readonly jobs: TableV2;
  /** Comments, likes, subscriptions; and the catalogue. */
  readonly community: CommunityTables;
  /** What people keep for themselves. */
  readonly library: LibraryTables;
  /** What the keys of encrypted titles are made under: without it no such title can be played again. */
  readonly contentKey: Key;

  constructor(scope: Construct, id: string, { config, ...props }: StorageProps) {
    super(scope, id, { ...props, terminationProtection: config.isProtected });
    this.buckets = new Buckets(this, 'Buckets', config);

    const kept = {
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.dynamoOwnedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: config.isProtected,
      removalPolicy: config.isProtected ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    };
    const text = (name: string) => ({ name, type: AttributeType.STRING });
    const number = (name: string) => ({ name, type: AttributeType.NUMBER });

    this.videos = new TableV2(this, 'Videos', {
      ...kept,
      partitionKey: text('videoId'),
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      globalSecondaryIndexes: [
        { indexName: byOwnerIndex, partitionKey: text('ownerId'), sortKey: text('videoId') },
        { indexName: unsettledIndex, partitionKey: text('unsettled'), sortKey: number('updatedAt') },
        { indexName: trashIndex, partitionKey: text('trashOf'), sortKey: number('deletedAt') },
        {
          indexName: removalIndex,
          partitionKey: text('removal'),
          sortKey: number('removalAt'),
          projectionType: ProjectionType.KEYS_ONLY,
        },
        {
          indexName: publicationIndex,
          partitionKey: text('publication'),
          sortKey: number('publicationAt'),
          projectionType: ProjectionType.KEYS_ONLY,
        },
      ],
      // Of what is left of purged videos.
      timeToLiveAttribute: 'expiresAtSeconds',
    });
    this.uploads = new TableV2(this, 'UploadSessions', {
      ...kept,
      partitionKey: text('uploadId'),
      timeToLiveAttribute: 'expiresAtSeconds',
      globalSecondaryIndexes: [
        { indexName: 'byOwner', partitionKey: text('ownerId'), sortKey: text('uploadId') },
        {
          indexName: uploadsByVideoIndex,
          partitionKey: text('videoId'),
          sortKey: text('uploadId'),
          projectionType: ProjectionType.KEYS_ONLY,
        },
        // Sparse: only open uploads have `open`. Its reader takes the record itself before it acts.
        {
          indexName: 'open',
          partitionKey: text('open'),
          sortKey: number('expiresAt'),
          projectionType: ProjectionType.KEYS_ONLY,
        },
      ],
    });
    this.quotas = new TableV2(this, 'Quotas', { ...kept, partitionKey: text('ownerId') });
    this.jobs = new TableV2(this, 'Jobs', {
      ...kept,
      partitionKey: text('run'),
      sortKey: text('item'),
      timeToLiveAttribute: 'expiresAtSeconds',
    });

    this.community = new CommunityTables(this, 'People', kept);
    this.library = new LibraryTables(this, 'Library', kept);

    this.contentKey = new Key(this, 'ContentKey', {
      description: `Sluice ${config.id}: content keys of encrypted titles`,
      enableKeyRotation: true,
      removalPolicy: kept.removalPolicy,
    });

    new CfnOutput(this, 'UploadsBucketName', { value: this.buckets.uploads.bucketName });
    new CfnOutput(this, 'MediaBucketName', { value: this.buckets.media.bucketName });
    new CfnOutput(this, 'WebBucketName', { value: this.buckets.web.bucketName });
  }
}
