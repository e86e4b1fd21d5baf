import type { Construct } from 'constructs';
import { authService } from './auth.ts';
import { communityService } from './community.ts';
import { contentService } from './content.ts';
import { historyService } from './history.ts';
import { peopleService } from './people.ts';
import { playlistsService } from './playlists.ts';
import { processingService } from './processing.ts';
import type { Service, ServiceParts } from './service.ts';
import { streamingService } from './streaming.ts';
import { uploadService } from './upload.ts';

/** The services behind the API, one function each. */
export const services = (scope: Construct, parts: ServiceParts): Service[] =>
  [
    authService,
    peopleService,
    uploadService,
    contentService,
    streamingService,
    processingService,
    historyService,
    playlistsService,
    communityService,
  ].map((service) => service(scope, parts));
