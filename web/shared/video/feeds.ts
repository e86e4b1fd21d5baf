import { infiniteQueryOptions } from '@tanstack/react-query';
import type { UserId } from '../../../domain/ids.ts';
import type { Category } from '../../../domain/video/metadata.ts';
import type { FeedVideo } from '../../../lambdas/community/routes.ts';
import { api } from '../api.ts';

export type FeedKind = 'recent' | 'trending' | 'subscriptions';
interface Page {
  readonly videos: FeedVideo[];
  readonly cursor: string | null;
}

/** A list of videos, page by page. `key` names it. */
export const feedQuery = (key: readonly string[], page: (cursor: string | undefined) => Promise<Page>) =>
  infiniteQueryOptions({
    queryKey: ['feed', ...key],
    staleTime: 30_000,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => page(pageParam),
    getNextPageParam: ({ cursor }) => cursor ?? undefined,
  });

const from = (cursor: string | undefined) => (cursor === undefined ? {} : { cursor });

export const homeFeed = (kind: FeedKind, category: Category | undefined) =>
  feedQuery([kind, category ?? ''], (cursor) =>
    kind === 'subscriptions'
      ? api.community.subscriptionFeed({ query: from(cursor) })
      : api.community.feed({ query: { kind, ...(category && { category }), ...from(cursor) } }),
  );

export const channelFeed = (userId: UserId) =>
  feedQuery(['channel', userId], (cursor) => api.community.channelVideos({ params: { userId }, query: from(cursor) }));

export const likedFeed = feedQuery(['liked'], (cursor) => api.community.listLikedVideos({ query: from(cursor) }));
