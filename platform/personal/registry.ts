import type { S3Client } from '@aws-sdk/client-s3';
import { channelPicturePrefix } from '../../domain/people/channel.ts';
import { exportPrefix } from '../../domain/people/export.ts';
import type { Dynamo } from '../clients/dynamo.ts';
import { personalAccount } from './account.ts';
import { personalAudit } from './audit.ts';
import { personalCommunity } from './community.ts';
import { personalHistory } from './history.ts';
import { personalObjects } from './objects.ts';
import type { PersonalStore } from './personal.ts';
import { personalPlaylists } from './playlists.ts';
import { personalQuotas } from './quotas.ts';
import { personalUploads } from './uploads.ts';
import { personalVideos } from './videos.ts';

/** Where things about people are kept: names of tables and buckets. */
export interface PersonalPlaces {
  readonly USERS_TABLE: string;
  readonly AUDIT_TABLE: string;
  readonly COMMUNITY_TABLE: string;
  readonly VIDEOS_TABLE: string;
  readonly UPLOADS_TABLE: string;
  readonly QUOTAS_TABLE: string;
  readonly HISTORY_TABLE: string;
  readonly PLAYLISTS_TABLE: string;
  readonly UPLOADS_BUCKET: string;
  readonly MEDIA_BUCKET: string;
}

/**
 * The registry of stores that keep things about people. A new one is a line here, a variable in PersonalPlaces, and its
 * permissions in lib/stacks/personal-data.ts. `account` is the last to be erased: while it is there, there is more to do.
 */
export const personalStores = (dynamo: Dynamo, s3: S3Client, places: PersonalPlaces) =>
  ({
    community: personalCommunity(dynamo, places.COMMUNITY_TABLE),
    videos: personalVideos(dynamo, places.VIDEOS_TABLE),
    uploads: personalUploads(dynamo, places.UPLOADS_TABLE, s3, places.UPLOADS_BUCKET),
    quotas: personalQuotas(dynamo, places.QUOTAS_TABLE),
    history: personalHistory(dynamo, places.HISTORY_TABLE),
    playlists: personalPlaylists(dynamo, places.PLAYLISTS_TABLE),
    channelPictures: personalObjects(s3, { bucket: places.MEDIA_BUCKET, prefixOf: channelPicturePrefix }),
    exports: personalObjects(s3, { bucket: places.UPLOADS_BUCKET, prefixOf: exportPrefix }),
    audit: personalAudit(dynamo, places.AUDIT_TABLE),
    account: personalAccount(dynamo, places.USERS_TABLE),
  }) satisfies Record<string, PersonalStore>;

export type PersonalStores = Readonly<Record<string, PersonalStore>> & { readonly account: PersonalStore };
