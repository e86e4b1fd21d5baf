import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  redirect,
} from '@tanstack/react-router';
import * as z from 'zod';
import { VideoId } from '../domain/ids.ts';
import { queries } from './queries.ts';
import { AppFrame } from './shared/AppFrame.tsx';
import { ErrorPage, NotFoundPage } from './shared/ErrorPages.tsx';
import { LandingPage } from './shared/LandingPage.tsx';
import { returnPath } from './shared/return-path.ts';
import { meQuery } from './shared/session.ts';

const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: AppFrame,
  notFoundComponent: NotFoundPage,
  errorComponent: ErrorPage,
});

/** Lets nobody in who is not signed in: they come back here once they are. */
const signedInOnly = async ({
  context,
  location,
}: {
  context: { queries: QueryClient };
  location: { href: string };
}) => {
  const me = await context.queries.ensureQueryData(meQuery);
  if (!me) throw redirect({ to: '/sign-in', search: { next: location.href } });
  return { me };
};

const videoIdOf = ({ videoId }: { videoId: string }) => {
  const id = VideoId.safeParse(videoId);
  if (!id.success) throw notFound();
  return { videoId: id.data };
};

const landing = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async ({ context }) => {
    if (await context.queries.ensureQueryData(meQuery)) throw redirect({ to: '/studio' });
  },
  component: LandingPage,
});

/** Where to go after signing in. */
const accountSearch = z.object({ next: z.string().optional().catch(undefined) });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: accountSearch,
  beforeLoad: async ({ context, search }) => {
    if (await context.queries.ensureQueryData(meQuery)) throw redirect({ href: returnPath(search.next) });
  },
  component: lazyRouteComponent(() => import('./shared/account/SignInPage.tsx'), 'SignInPage'),
});

const register = createRoute({
  getParentRoute: () => root,
  path: '/register',
  /** `confirm`: an address that is registered but not confirmed. */
  validateSearch: accountSearch.extend({ confirm: z.string().optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./shared/account/RegisterPage.tsx'), 'RegisterPage'),
});

const studio = createRoute({
  getParentRoute: () => root,
  path: '/studio',
  beforeLoad: signedInOnly,
  component: lazyRouteComponent(() => import('./studio/StudioPage.tsx'), 'StudioPage'),
});

const studioVideo = createRoute({
  getParentRoute: () => root,
  path: '/studio/videos/$videoId',
  params: { parse: videoIdOf },
  beforeLoad: signedInOnly,
  component: lazyRouteComponent(() => import('./studio/video/VideoPage.tsx'), 'VideoPage'),
});

const trash = createRoute({
  getParentRoute: () => root,
  path: '/studio/trash',
  beforeLoad: signedInOnly,
  component: lazyRouteComponent(() => import('./studio/trash/TrashPage.tsx'), 'TrashPage'),
});

const watch = createRoute({
  getParentRoute: () => root,
  path: '/watch/$videoId',
  /** HLS unless DASH is asked for; both play the same segments. */
  validateSearch: z.object({ format: z.enum(['hls', 'dash']).optional().catch(undefined) }),
  params: { parse: videoIdOf },
  component: lazyRouteComponent(() => import('./watch/WatchPage.tsx'), 'WatchPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([landing, signIn, register, studio, studioVideo, trash, watch]),
  context: { queries },
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
