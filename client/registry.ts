import { routes as auth } from '../lambdas/auth/routes.ts';
import { routes as community } from '../lambdas/community/routes.ts';
import { routes as content } from '../lambdas/content/routes.ts';
import { routes as history } from '../lambdas/history/routes.ts';
import { routes as people } from '../lambdas/people/routes.ts';
import { routes as playlists } from '../lambdas/playlists/routes.ts';
import { routes as processing } from '../lambdas/processing/routes.ts';
import { routes as streaming } from '../lambdas/streaming/routes.ts';
import { routes as upload } from '../lambdas/upload/routes.ts';

/** Every service's routes, by service: what the client, the OpenAPI document and the tests are made from. */
export const registry = {
  auth,
  people,
  upload,
  content,
  streaming,
  processing,
  history,
  playlists,
  community,
} as const;
export type Registry = typeof registry;
