import { AttributeType, ProjectionType, type TablePropsV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';

const text = (name: string) => ({ name, type: AttributeType.STRING });
const number = (name: string) => ({ name, type: AttributeType.NUMBER });

/** What people keep for themselves: what they watched, and their lists. `kept`: what all tables have in common. */
export class LibraryTables extends Construct {
  readonly history: TableV2;
  readonly playlists: TableV2;

  constructor(scope: Construct, id: string, kept: Omit<TablePropsV2, 'partitionKey'>) {
    super(scope, id);
    this.history = new TableV2(this, 'History', {
      ...kept,
      partitionKey: text('userId'),
      sortKey: text('item'),
      // Keys alone, which are the same as long as a viewing goes on: a position then costs no write here.
      localSecondaryIndexes: [
        { indexName: 'byStart', sortKey: number('startedAt'), projectionType: ProjectionType.KEYS_ONLY },
      ],
    });
    this.playlists = new TableV2(this, 'Playlists', {
      ...kept,
      partitionKey: text('playlistId'),
      sortKey: text('item'),
      // Only videos have a rank.
      localSecondaryIndexes: [{ indexName: 'byRank', sortKey: text('rank') }],
      globalSecondaryIndexes: [
        // Only lists have an owner.
        { indexName: 'byOwner', partitionKey: text('ownerId'), sortKey: text('playlistId') },
        { indexName: 'byVideo', partitionKey: text('videoId'), projectionType: ProjectionType.KEYS_ONLY },
      ],
    });
  }
}
