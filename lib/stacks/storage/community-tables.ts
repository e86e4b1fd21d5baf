import {
  AttributeType,
  type GlobalSecondaryIndexPropsV2,
  ProjectionType,
  StreamViewType,
  type TablePropsV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { catalogueIndexes, listedFields } from '../../../platform/records/catalogue.ts';
import { byPersonIndex, byRankIndex } from '../../../platform/records/community/keys.ts';

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** What people make of videos, and the catalogue that videos are found in. */
export class CommunityTables extends Construct {
  /** Comments, likes, subscriptions and their counters: facts. Of its stream only the counters are followed. */
  readonly community: TableV2;
  /** A view of the videos' records: it can be made anew (docs/runbook.md, "catalogue-failing"). */
  readonly catalogue: TableV2;

  constructor(scope: Construct, id: string, kept: Omit<TablePropsV2, 'partitionKey'>) {
    super(scope, id);
    this.community = new TableV2(this, 'Community', {
      ...kept,
      partitionKey: text('pk'),
      sortKey: text('sk'),
      dynamoStream: StreamViewType.KEYS_ONLY,
      globalSecondaryIndexes: [
        {
          indexName: byPersonIndex,
          partitionKey: text('person'),
          sortKey: text('since'),
          projectionType: ProjectionType.KEYS_ONLY,
        },
        {
          indexName: byRankIndex,
          partitionKey: text('topOf'),
          sortKey: { name: 'rank', type: AttributeType.NUMBER },
        },
      ],
    });
    this.catalogue = new TableV2(this, 'Catalogue', {
      ...kept,
      partitionKey: text('videoId'),
      globalSecondaryIndexes: Object.entries(catalogueIndexes).map(
        ([indexName, { partition, sort }]): GlobalSecondaryIndexPropsV2 => ({
          indexName,
          partitionKey: text(partition),
          sortKey: text(sort),
          projectionType: ProjectionType.INCLUDE,
          nonKeyAttributes: listedFields,
        }),
      ),
    });
  }
}
