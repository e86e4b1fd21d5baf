import { Group, SegmentedControl, Select, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { Commenting } from '../../../domain/community/comments.ts';
import type { VideoId } from '../../../domain/ids.ts';
import { Failure } from '../../shared/Failure.tsx';
import { formatCount } from '../../shared/format.ts';
import { TextLink } from '../../shared/links.tsx';
import { ListEnd } from '../../shared/lists/ListEnd.tsx';
import { useMe } from '../../shared/session.ts';
import { standingQuery } from '../standing.ts';
import classes from './Comments.module.css';
import { Composer } from './Composer.tsx';
import { commentsQuery, type Sort, useComments } from './queries.ts';
import { Thread } from './Thread.tsx';

interface Props {
  readonly videoId: VideoId;
  /** Whether the person owns the video. */
  readonly owned: boolean;
}

const sorts = [
  { value: 'top', label: 'Top' },
  { value: 'newest', label: 'Newest' },
] as const satisfies readonly { value: Sort; label: string }[];

const choices = [
  { value: 'open', label: 'Anyone may comment' },
  { value: 'held', label: 'Hold comments for approval' },
  { value: 'closed', label: 'Comments are off' },
] as const satisfies readonly { value: Commenting; label: string }[];

/** What people say about a video. */
export function Comments({ videoId, owned }: Props) {
  const [sort, setSort] = useState<Sort>('top');
  const me = useMe();
  const { data: standing } = useQuery(standingQuery(videoId));
  const list = useInfiniteQuery(commentsQuery(videoId, sort));
  const { data, error, isPending, refetch, hasNextPage } = list;
  const actions = useComments(videoId);
  const [first] = data?.pages ?? [];
  const commenting = first?.commenting ?? 'open';
  const comments = data?.pages.flatMap((page) => page.comments) ?? [];
  const open = me !== null && (commenting !== 'closed' || owned);
  return (
    <section className={classes.section} aria-labelledby="comments" data-testid="comments">
      <Group justify="space-between" mb="md">
        <Title order={2} size="h4" id="comments">
          {standing ? formatCount(standing.comments, 'comment', 'comments') : 'Comments'}
        </Title>
        <Group gap="xs">
          {owned && first && (
            <Select
              aria-label="Who may comment"
              size="xs"
              w={210}
              allowDeselect={false}
              data={choices}
              value={commenting}
              onChange={(value) => {
                const chosen = Commenting.safeParse(value).data;
                if (chosen && chosen !== commenting) actions.choose.mutate({ commenting: chosen });
              }}
            />
          )}
          <SegmentedControl
            size="xs"
            aria-label="Sort comments by"
            data={[...sorts]}
            value={sort}
            onChange={(value) => setSort(sorts.find((known) => known.value === value)?.value ?? 'top')}
          />
        </Group>
      </Group>
      {open && (
        <Composer label="Add a comment" action="Comment" onSubmit={(text) => actions.post.mutateAsync({ text })} />
      )}
      <Invitation isSignedIn={me !== null} commenting={commenting} owned={owned} />
      {isPending && (
        <Stack mt="lg" aria-busy="true" role="status" aria-label="Loading comments">
          {[1, 2, 3].map((row) => (
            <Skeleton key={row} height={64} radius="md" />
          ))}
        </Stack>
      )}
      {error && data === undefined && (
        <Failure title="The comments could not be loaded" error={error} onAgain={() => void refetch()} />
      )}
      <Stack gap="lg" mt="lg">
        {first?.pinned && (
          <Thread videoId={videoId} comment={first.pinned} actions={actions} owned={owned} pinned open={open} />
        )}
        {comments.map((comment) => (
          <Thread
            key={comment.commentId}
            videoId={videoId}
            comment={comment}
            actions={actions}
            owned={owned}
            open={open}
          />
        ))}
      </Stack>
      {first && !first.pinned && comments.length === 0 && !hasNextPage && commenting !== 'closed' && (
        <Text c="dimmed" ta="center" py="lg">
          No comments yet. Be the first.
        </Text>
      )}
      <ListEnd query={list} label="Show more comments" />
    </section>
  );
}

/** Why one cannot write here, or what will come of it. */
function Invitation({
  isSignedIn,
  commenting,
  owned,
}: {
  readonly isSignedIn: boolean;
  readonly commenting: Commenting;
  readonly owned: boolean;
}) {
  const { href } = useLocation();
  if (commenting === 'closed')
    return (
      <Text size="sm" c="dimmed">
        {owned ? 'Comments are off: only you may write here.' : 'Comments are off for this video.'}
      </Text>
    );
  if (!isSignedIn)
    return (
      <Text size="sm" c="dimmed">
        <TextLink to="/sign-in" search={{ next: href }} underline="always">
          Sign in
        </TextLink>{' '}
        to comment.
      </Text>
    );
  if (commenting === 'held' && !owned)
    return (
      <Text size="xs" c="dimmed" mt={4}>
        The owner of the video looks at comments before everybody sees them.
      </Text>
    );
  return null;
}
