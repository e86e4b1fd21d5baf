import { publisher } from '../../platform/clients/events.ts';
import { later } from '../../platform/later.ts';
import { jobRecords } from '../../platform/records/jobs/jobs.ts';
import { publicationRecords } from '../../platform/records/publications.ts';
import { trashOf } from '../../platform/records/trash.ts';
import { videoRecords } from '../../platform/records/videos.ts';
import { sendJobsWhenNeeded } from '../../platform/when-needed.ts';
import { serve } from '../shared/serve.ts';
import { bulkEditing } from './bulk.ts';
import { captionsService } from './captions.ts';
import { deletionService } from './deletion.ts';
import { editing } from './editing.ts';
import { env } from './env.ts';
import { posterService } from './posters.ts';
import { publicationService } from './publication.ts';
import { routes } from './routes.ts';
import { contentService } from './service.ts';

export const handler = serve(routes, env, ({ env, dynamo }) => {
  const videos = videoRecords(dynamo, env.VIDEOS_TABLE);
  const buckets = { uploads: env.UPLOADS_BUCKET, media: env.MEDIA_BUCKET };
  const stored = later(async () => (await import('./stored.ts')).stored(buckets));
  const jobs = jobRecords(dynamo, env.JOBS_TABLE);
  const publish = publisher(env.EVENT_BUS_NAME);
  const publications = publicationRecords(dynamo, env.VIDEOS_TABLE);
  const editVideo = editing({ videos, publication: publicationService({ videos, publications, publish }) });
  const editVideos = bulkEditing(editVideo);
  const sources = { isKept: stored.isSourceKept, sign: stored.signSource };
  const content = contentService({ videos, editVideo, sources });
  const posters = posterService({
    videos,
    pictures: { sign: stored.signPicture, sizeOf: stored.sizeOfPicture },
    jobs,
    sendJobs: sendJobsWhenNeeded({
      urls: { express: env.EXPRESS_QUEUE_URL, bulk: env.BULK_QUEUE_URL },
      videos,
    }),
  });
  const deletion = deletionService({ videos, publish, trash: trashOf(dynamo, env.VIDEOS_TABLE), jobs });
  const captions = captionsService({ videos, keep: stored.keepCues, publish });
  return {
    handlers: {
      getVideo: ({ params }) => content.get(params.videoId),
      updateVideo: ({ params, body, ifMatch, now }) => content.update(params.videoId, body, ifMatch, now),
      listCreatorVideos: ({ caller, query }) => content.list(caller.userId, query.limit, query.cursor),
      updateVideos: ({ caller, body, now }) => editVideos(caller, body, now),
      getSource: ({ params, now }) => content.source(params.videoId, now),
      listPosters: ({ params, now }) => posters.list(params.videoId, now),
      choosePoster: ({ params, body, now }) => posters.choose(params.videoId, body, now),
      signPicture: ({ params, body, now }) => posters.sign(params.videoId, body, now),
      beginPicture: ({ params, now }) => posters.begin(params.videoId, params.pictureId, now),
      listCaptions: ({ params }) => captions.list(params.videoId),
      putCaptions: ({ params, body, now }) => captions.put(params.videoId, params.name, body, now),
      deleteCaptions: ({ params, now }) => captions.remove(params.videoId, params.name, now),
      deleteVideo: ({ params, ifMatch, now }) => deletion.delete(params.videoId, ifMatch, now),
      restoreVideo: ({ params, now }) => deletion.restore(params.videoId, now),
      purgeVideo: ({ params, now }) => deletion.purge(params.videoId, now),
      listDeletedVideos: ({ caller, query, now }) => deletion.list(caller.userId, query.limit, query.cursor, now),
      deleteVideos: ({ caller, body, now }) => deletion.deleteMany(body.videoIds, caller.userId, now),
      restoreVideos: ({ caller, body, now }) => deletion.restoreMany(body.videoIds, caller.userId, now),
    },
    owners: { video: content.ownerOf, keptVideo: deletion.ownerOf },
  };
});
