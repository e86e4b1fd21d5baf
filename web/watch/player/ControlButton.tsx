import { ActionIcon } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Controls.module.css';

interface Props {
  readonly label: string;
  /** The key that does the same. */
  readonly keys: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** A button over the picture. */
export function ControlButton({ label, keys, onClick, children }: Props) {
  return (
    <ActionIcon
      className={classes.button}
      variant="transparent"
      size="lg"
      aria-label={label}
      aria-keyshortcuts={keys}
      title={`${label} (${keys})`}
      onClick={onClick}
    >
      {children}
    </ActionIcon>
  );
}
