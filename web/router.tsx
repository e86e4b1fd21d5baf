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
import { PlaylistId, UserId, VideoId } from '../domain/ids.ts';
import { Category } from '../domain/video/metadata.ts';
import { queries } from './queries.ts';
import { AppFrame } from './shared/AppFrame.tsx';
import { ErrorPage, NotFoundPage } from './shared/ErrorPages.tsx';
import { returnPath } from './shared/return-path.ts';
import { meQuery } from './shared/session.ts';
import { askAhead } from './watch/first-frame.ts';

/** A playlist by its id, or the list that everybody has. */
const ListName = z.union([PlaylistId, z.literal('watch-later')]);

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

/** The pages of admins are not there for others. */
const adminsOnly = async (of: Parameters<typeof signedInOnly>[0]) => {
  const { me } = await signedInOnly(of);
  if (!me.roles.includes('admin')) throw notFound();
};

const videoIdOf = ({ videoId }: { videoId: string }) => {
  const id = VideoId.safeParse(videoId);
  if (!id.success) throw notFound();
  return { videoId: id.data };
};

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: z.object({
    kind: z.enum(['recent', 'trending', 'subscriptions']).optional().catch(undefined),
    category: Category.optional().catch(undefined),
  }),
  // Who is signed in is known before anything is shown: what they see is not what others see.
  beforeLoad: ({ context }) => context.queries.ensureQueryData(meQuery),
  component: lazyRouteComponent(() => import('./home/HomePage.tsx'), 'HomePage'),
});

const channel = createRoute({
  getParentRoute: () => root,
  path: '/c/$handle',
  /** Videos unless playlists are asked for. */
  validateSearch: z.object({ tab: z.literal('playlists').optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./channel/ChannelPage.tsx'), 'ChannelPage'),
});

const liked = createRoute({
  getParentRoute: () => root,
  path: '/liked',
  beforeLoad: signedInOnly,
  component: lazyRouteComponent(() => import('./library/LikedPage.tsx'), 'LikedPage'),
});

/** Where to go after signing in. */
const accountSearch = z.object({ next: z.string().optional().catch(undefined) });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  /** `reset`: the password has just been chosen anew. */
  validateSearch: accountSearch.extend({ reset: z.boolean().optional().catch(undefined) }),
  beforeLoad: async ({ context, search }) => {
    if (await context.queries.ensureQueryData(meQuery)) throw redirect({ href: returnPath(search.next) });
  },
  component: lazyRouteComponent(() => import('./shared/account/SignInPage.tsx'), 'SignInPage'),
});

const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: '/forgot-password',
  validateSearch: accountSearch,
  component: lazyRouteComponent(() => import('./shared/account/ForgotPasswordPage.tsx'), 'ForgotPasswordPage'),
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

const profile = createRoute({
  getParentRoute: () => root,
  path: '/account',
  beforeLoad: signedInOnly,
  component: lazyRouteComponent(() => import('./account/profile/ProfilePage.tsx'), 'ProfilePage'),
});

const users = createRoute({
  getParentRoute: () => root,
  path: '/admin/users',
  beforeLoad: adminsOnly,
  component: lazyRouteComponent(() => import('./admin/UsersPage.tsx'), 'UsersPage'),
});

const person = createRoute({
  getParentRoute: () => root,
  path: '/admin/users/$userId',
  params: {
    parse: ({ userId }) => {
      const id = UserId.safeParse(userId);
      if (!id.success) throw notFound();
      return { userId: id.data };
    },
  },
  beforeLoad: adminsOnly,
  component: lazyRouteComponent(() => import('./admin/PersonPage.tsx'), 'PersonPage'),
});

const security = createRoute({
  getParentRoute: () => root,
  path: '/account/security',
  beforeLoad: signedInOnly,
  component: lazyRouteComponent(() => import('./account/security/SecurityPage.tsx'), 'SecurityPage'),
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
  validateSearch: z.object({
    /** HLS unless DASH is asked for; both play the same segments. */
    format: z.enum(['hls', 'dash']).optional().catch(undefined),
    /** The list that it is played in. */
    list: ListName.optional().catch(undefined),
    /** Where it begins: seconds, or as in `1m30s`. */
    t: z.union([z.number(), z.string()]).optional().catch(undefined),
  }),
  params: { parse: videoIdOf },
  beforeLoad: ({ context, params: { videoId }, search: { format = 'hls' }, preload }) => {
    // Not for who only points at a link.
    if (!preload) askAhead(context.queries, videoId, format);
  },
  component: lazyRouteComponent(() => import('./watch/WatchPage.tsx'), 'WatchPage'),
});

const library = createRoute({
  getParentRoute: () => root,
  path: '/library',
  beforeLoad: signedInOnly,
  component: lazyRouteComponent(() => import('./library/LibraryPage.tsx'), 'LibraryPage'),
});

const history = createRoute({
  getParentRoute: () => root,
  path: '/history',
  beforeLoad: signedInOnly,
  component: lazyRouteComponent(() => import('./library/HistoryPage.tsx'), 'HistoryPage'),
});

const playlist = createRoute({
  getParentRoute: () => root,
  path: '/playlist/$list',
  params: {
    parse: ({ list }) => {
      const name = ListName.safeParse(list);
      if (!name.success) throw notFound();
      return { list: name.data };
    },
  },
  /** Others may see a playlist; what somebody watches later is theirs. */
  beforeLoad: async (before) => {
    if (before.params.list === 'watch-later') await signedInOnly(before);
  },
  component: lazyRouteComponent(() => import('./library/PlaylistPage.tsx'), 'PlaylistPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    channel,
    liked,
    signIn,
    forgotPassword,
    register,
    studio,
    studioVideo,
    trash,
    profile,
    security,
    users,
    person,
    watch,
    library,
    history,
    playlist,
  ]),
  context: { queries },
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
