import { Line, Paragraphs } from '../text.ts';

/** What a person is called. */
export const PersonName = Line(100);
export const ChannelName = Line(100);
/** Plain text; lines may break. */
export const ChannelDescription = Paragraphs(2000);

/** Where the picture of a channel lies in the media bucket and, behind one more slash, on the site. */
export const channelPicturePrefix = (userId: string) => `media/channels/${userId}/`;
export const channelPictureKey = (userId: string, digest: string) => `${channelPicturePrefix(userId)}${digest}.jpg`;
/** The path on the site of the picture that a channel's record names; null: it has none. */
export const channelPicturePath = ({
  userId,
  picture,
}: {
  readonly userId: string;
  readonly picture?: string | undefined;
}): string | null => (picture === undefined ? null : `/${channelPictureKey(userId, picture)}`);

/** A picture is a square of so many pixels, as the page that it is chosen on draws it, and at most so large. */
export const channelPicture = { minSide: 64, maxSide: 1024 } as const;
export const maxChannelPictureBytes = 200_000;
