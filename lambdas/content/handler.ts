import { putCaptionFile } from '../../platform/caption-files.ts';
import { publisher } from '../../platform/clients/events.ts';
import { s3Client } from '../../platform/clients/s3.ts';
import { sqsClient } from '../../platform/clients/sqs.ts';
import { jobQueues } from '../../platform/job-queues.ts';
import { jobRecords } from '../../platform/records/jobs.ts';
import { publicationRecords } from '../../platform/records/publications.ts';
import { trashOf } from '../../platform/records/trash.ts';
import { videoRecords } from '../../platform/records/videos.ts';
import { serve } from '../shared/serve.ts';
import { bulkEditing } from './bulk.ts';
import { captionsService } from './captions.ts';
import { deletionService } from './deletion.ts';
import { editing } from './editing.ts';
import { env } from './env.ts';
import { sentPictures } from './pictures.ts';
import { posterService } from './posters.ts';
import { publicationService } from './publication.ts';
import { routes } from './routes.ts';
import { contentService } from './service.ts';
import { keptSources } from './sources.ts';

/** An answer has to come within the 28 s that API Gateway waits. */
const keepTimeoutMs = 20_000;

export const handler = serve(routes, env, ({ env, dynamo }) => {
  const videos = videoRecords(dynamo, env.VIDEOS_TABLE);
  const s3 = s3Client();
  const jobs = jobRecords(dynamo, env.JOBS_TABLE);
  const publish = publisher(env.EVENT_BUS_NAME);
  const publications = publicationRecords(dynamo, env.VIDEOS_TABLE);
  const editVideo = editing({ videos, publication: publicationService({ videos, publications, publish }) });
  const editVideos = bulkEditing(editVideo);
  const content = contentService({ videos, editVideo, sources: keptSources(s3, env.UPLOADS_BUCKET) });
  const posters = posterService({
    videos,
    pictures: sentPictures(s3, env.UPLOADS_BUCKET),
    jobs,
    sendJobs: jobQueues({
      sqs: sqsClient(),
      urls: { express: env.EXPRESS_QUEUE_URL, bulk: env.BULK_QUEUE_URL },
      videos,
    }),
  });
  const deletion = deletionService({ videos, publish, trash: trashOf(dynamo, env.VIDEOS_TABLE), jobs });
  const captions = captionsService({
    videos,
    keep: (videoId, cues) => putCaptionFile(s3, env.MEDIA_BUCKET, videoId, cues, AbortSignal.timeout(keepTimeoutMs)),
    publish,
  });
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
