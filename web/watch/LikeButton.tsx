import { Button, type ButtonProps } from '@mantine/core';
import { IconThumbUp, IconThumbUpFilled } from '@tabler/icons-react';
import { SignInButton } from '../shared/account/SignInButton.tsx';
import { formatCount } from '../shared/format.ts';
import { useMe } from '../shared/session.ts';

interface Props {
  /** What is liked, as in “like this video”. */
  readonly what: 'video' | 'comment';
  readonly likes: number;
  readonly liked: boolean;
  readonly onLike: (liked: boolean) => void;
  readonly disabled?: boolean;
}

/** A video's is one of a few large buttons; a comment's stands in a line of words, and says nothing while nobody likes it. */
const looks = {
  video: (liked: boolean) => ({ radius: 'xl', variant: liked ? 'light' : 'default' }),
  comment: (liked: boolean) => ({
    size: 'compact-sm',
    variant: 'subtle',
    color: liked ? 'sluice' : 'gray',
    ml: -8,
  }),
} satisfies Record<Props['what'], (liked: boolean) => ButtonProps>;

/** How many like something, and whether the person is one of them. */
export function LikeButton({ what, likes, liked, onLike, disabled = false }: Props) {
  const me = useMe();
  const Icon = liked ? IconThumbUpFilled : IconThumbUp;
  const look = { ...looks[what](liked), leftSection: <Icon size={what === 'video' ? 18 : 15} /> };
  const shown = what === 'video' || likes > 0 ? likes : '';
  const many = formatCount(likes, 'like', 'likes');
  if (!me) {
    return (
      <SignInButton {...look} aria-label={`Sign in to like this ${what}: ${many}`}>
        {shown}
      </SignInButton>
    );
  }
  return (
    <Button
      {...look}
      disabled={disabled}
      aria-pressed={liked}
      aria-label={`Like this ${what}: ${many}`}
      onClick={() => onLike(!liked)}
    >
      {shown}
    </Button>
  );
}
