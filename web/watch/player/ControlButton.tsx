import { ActionIcon } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Controls.module.css';

interface Props {
  readonly label: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** A button over the picture. */
export function ControlButton({ label, onClick, children }: Props) {
  return (
    <ActionIcon
      className={classes.button}
      variant="transparent"
      size="lg"
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      {children}
    </ActionIcon>
  );
}
