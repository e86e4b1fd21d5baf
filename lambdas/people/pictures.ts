import { createHash } from 'node:crypto';
import { isProblem, type Problem, problem } from '../../domain/api/problems.ts';
import type { AnswerOf } from '../../domain/api/route.ts';
import type { UserId } from '../../domain/ids.ts';
import { plainJpeg } from '../../domain/media/jpeg.ts';
import { pictureProblems } from '../../domain/media/picture.ts';
import { channelPicture } from '../../domain/people/channel.ts';
import type { ChannelRecord } from '../../platform/records/channels.ts';
import type { ChannelService } from './channels.ts';
import type { routes } from './routes.ts';

type Answer = Promise<AnswerOf<(typeof routes)['putMyPicture']> | Problem>;

/** Pictures of channels as they are stored. */
export interface PictureStore {
  readonly put: (userId: UserId, digest: string, jpeg: Uint8Array) => Promise<void>;
  readonly remove: (userId: UserId, digest: string) => Promise<void>;
}

/** The picture of a person's own channel. What is stored is what a picture needs of the file, under the digest of that. */
export function pictureService(channels: Pick<ChannelService, 'edit' | 'mine'>, pictures: PictureStore) {
  /** Points the channel at another picture; the one before goes only when nothing points at it. */
  async function point(userId: UserId, picture: string | undefined, now: number): Answer {
    const pointed = ({ picture: _, ...rest }: ChannelRecord): ChannelRecord =>
      picture === undefined ? rest : { ...rest, picture };
    const edited = await channels.edit(userId, pointed, undefined, now);
    if (isProblem(edited)) return edited;
    const { before, after } = edited;
    if (before.picture !== undefined && before.picture !== picture) await pictures.remove(userId, before.picture);
    return channels.mine(after, now);
  }

  return {
    async put(userId: UserId, base64: string, now: number): Answer {
      const plain = plainJpeg(Buffer.from(base64, 'base64'), channelPicture);
      if (typeof plain === 'string') {
        const sentence =
          plain === 'not-a-picture' ? 'This is not a square JPEG of 64 to 1024 pixels.' : pictureProblems[plain];
        return problem('picture-invalid', sentence);
      }
      const digest = createHash('sha256').update(plain.bytes).digest('hex');
      await pictures.put(userId, digest, plain.bytes);
      return point(userId, digest, now);
    },
    remove: (userId: UserId, now: number): Answer => point(userId, undefined, now),
  };
}
