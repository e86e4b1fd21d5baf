import { cardReader } from '../../platform/records/cards.ts';
import { catalogueStore } from '../../platform/records/catalogue.ts';
import { commentRecords } from '../../platform/records/community/comments.ts';
import { marks as markRecords } from '../../platform/records/community/marks.ts';
import { commentSettings } from '../../platform/records/community/settings.ts';
import { counters as counterRecords } from '../../platform/records/counters.ts';
import { videoRecords } from '../../platform/records/videos.ts';
import { serve } from '../shared/serve.ts';
import { commentService } from './comments.ts';
import { env } from './env.ts';
import { feedService } from './feed.ts';
import { peopleStore } from './people-store.ts';
import { routes } from './routes.ts';
import { standingService } from './standing.ts';

export const handler = serve(routes, env, ({ env, dynamo }) => {
  const catalogue = catalogueStore(dynamo, env.CATALOGUE_TABLE);
  const videos = videoRecords(dynamo, env.VIDEOS_TABLE);
  const people = peopleStore(dynamo, env.COMMUNITY_TABLE);
  const marks = markRecords(dynamo, env.COMMUNITY_TABLE);
  const counters = counterRecords(dynamo, env.COMMUNITY_TABLE);
  const feed = feedService({ catalogue, readCards: cardReader(dynamo, env.VIDEOS_TABLE), marks, people });
  const standing = standingService({ videos, marks, counters, people });
  const comments = commentService({
    videos,
    marks,
    people,
    comments: commentRecords(dynamo, env.COMMUNITY_TABLE),
    settings: commentSettings(dynamo, env.COMMUNITY_TABLE),
  });
  return {
    handlers: {
      feed: ({ query, now }) => feed.feed(query, now),
      subscriptionFeed: ({ query, caller, now }) => feed.subscriptions(query, caller, now),
      channelVideos: ({ params, query, now }) => feed.channel(params.userId, query, now),
      listLikedVideos: ({ query, caller, now }) => feed.liked(query, caller, now),
      listSubscriptions: ({ query, caller }) => feed.subscribed(query, caller),

      channelCounts: ({ params, caller }) => standing.channelCounts(params.userId, caller),
      subscribe: ({ params, caller, now }) => standing.subscribe(params.userId, caller, now),
      unsubscribe: ({ params, caller }) => standing.unsubscribe(params.userId, caller),
      videoStanding: ({ params, caller, now }) => standing.ofVideo(params.videoId, caller, now),
      likeVideo: ({ params, caller, now }) => standing.like(params.videoId, caller, now),
      unlikeVideo: ({ params, caller }) => standing.unlike(params.videoId, caller),

      listComments: ({ params, query, caller, now }) => comments.list(params.videoId, query, caller, now),
      listReplies: ({ params, query, caller, now }) => comments.replies(params.commentId, query, caller, now),
      postComment: ({ params, body, caller, now }) => comments.post(params.videoId, body, caller, now),
      editComment: ({ params, body, ifMatch, caller, now }) =>
        comments.edit(params.commentId, body.text, ifMatch, caller, now),
      deleteComment: ({ params }) => comments.remove(params.commentId),
      removeComment: ({ params }) => comments.removeFrom(params.videoId, params.commentId),
      approveComment: ({ params, ifMatch }) => comments.approve(params.videoId, params.commentId, ifMatch),
      chooseCommenting: ({ params, body }) => comments.choose(params.videoId, body),
      likeComment: ({ params, caller, now }) => comments.like(params.commentId, caller, now),
      unlikeComment: ({ params, caller }) => comments.unlike(params.commentId, caller),
    },
    owners: { video: comments.videoOwnerOf, comment: comments.ownerOf },
  };
});
