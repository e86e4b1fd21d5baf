import { Group, Text } from '@mantine/core';
import { formatClock } from '../shared/format.ts';
import classes from './UploadPeek.module.css';
import type { Peek } from './uploads/peek.ts';

/** What is known of a file while it is on its way: that it can be used, how long it is, what it will be made in. */
export function UploadPeek({ peek }: { readonly peek: Peek | undefined }) {
  if (peek?.verdict !== 'accepted') return null;
  const { durationSeconds, rungs, poster } = peek;
  const names = rungs.map(({ name }) => name).toReversed();
  return (
    <Group gap="sm" wrap="nowrap" data-testid="peek">
      {poster !== null && <img src={poster} alt="" className={classes.picture} />}
      <Text size="sm">
        This file can be used
        {durationSeconds !== null && `: ${formatClock(Math.round(durationSeconds))} long`}, to be made in{' '}
        {names.join(', ')}
      </Text>
    </Group>
  );
}
