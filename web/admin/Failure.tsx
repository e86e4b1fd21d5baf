import { Alert, Button, Group } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { problemSentence } from '../shared/problem-sentence.ts';

interface Props {
  readonly error: unknown;
  readonly onAgain?: () => void;
}

/** Why something is not shown or not done, and what to do. */
export function Failure({ error, onAgain }: Props) {
  return (
    <Alert color="red" variant="light" icon={<IconAlertCircle />} role="alert">
      <Group justify="space-between">
        {problemSentence(error)}
        {onAgain && (
          <Button size="compact-sm" variant="subtle" onClick={onAgain}>
            Try again
          </Button>
        )}
      </Group>
    </Alert>
  );
}
