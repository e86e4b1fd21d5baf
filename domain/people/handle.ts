import * as z from 'zod';

/** Names that a channel must not have: pages of the site, and whom people would take for its staff. */
const reserved = new Set(
  `about abuse account accounts admin administrator api app assets auth billing blog c channel channels contact
  copyright creator creators dashboard dmca feed finance help history home info legal library login logout mail media
  moderator moderators news notifications null official owner playlist playlists postmaster press privacy register root
  search security settings sign-in sign-out signin signup site sluice staff status studio subscriptions support system
  team terms trending undefined upload uploads user users video videos watch webmaster www`
    .split(/\s+/)
    .filter((word) => word.length > 0),
);

/** A channel's name in addresses: 3 to 30 characters, one form only whatever case it was typed in. */
export const Handle = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^[a-z0-9](?:[a-z0-9_-]{1,28})[a-z0-9]$/,
    'must be 3 to 30 of a-z, 0-9, _ and -, and begin and end with a letter or digit',
  )
  .brand('Handle');
export type Handle = z.infer<typeof Handle>;

export const isReserved = (handle: Handle): boolean => reserved.has(handle);

/** A handle that its owner gives up leads to their channel for so long, and is nobody else's. */
export const formerHandleMs = 30 * 24 * 3600 * 1000;
/** So many former handles lead to one channel: who changes more often waits for one to lapse. */
export const maxFormerHandles = 3;

/**
 * A handle made of a person's name and a random mark of lowercase letters and digits, which keeps two Adas apart. What a
 * handle cannot have is left out; of a name without any of it, `viewer` is left.
 */
export function handleFrom(name: string, mark: string): Handle {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 30 - mark.length - 1)
    .replace(/-+$/, '');
  return Handle.parse(`${plain || 'viewer'}-${mark}`);
}
