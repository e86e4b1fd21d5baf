import { Alert, Button } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { problemSentence } from './problem-sentence.ts';

interface Props {
  /** What failed, as a heading; without it the sentence stands alone. */
  readonly title?: string;
  readonly error: unknown;
  /** Where trying again may help. */
  readonly onAgain?: () => void;
}

/** Why something is not shown or not done, and what to do. */
export function Failure({ title, error, onAgain }: Props) {
  return (
    <Alert color="red" variant="light" icon={<IconAlertCircle />} role="alert" {...(title !== undefined && { title })}>
      {problemSentence(error)}
      {onAgain && (
        <Button ml="xs" size="compact-sm" variant="light" color="red" onClick={onAgain}>
          Try again
        </Button>
      )}
    </Alert>
  );
}
