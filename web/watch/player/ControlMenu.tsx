import { Menu, UnstyledButton } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './Controls.module.css';

interface Props {
  readonly label: string;
  /** What the button shows. */
  readonly children: ReactNode;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly chosen: string;
  readonly onChoose: (value: string) => void;
}

/** A choice of one, opened from the bar. It stays inside the player, or full screen would not show it. */
export function ControlMenu({ label, children, choices, chosen, onChoose }: Props) {
  return (
    <Menu position="top-end" withinPortal={false} offset={10}>
      <Menu.Target>
        <UnstyledButton className={classes.choice} aria-label={label} title={label}>
          {children}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map((choice) => (
          <Menu.Item
            key={choice.value}
            role="menuitemradio"
            aria-checked={choice.value === chosen}
            rightSection={choice.value === chosen ? <IconCheck size={15} /> : undefined}
            onClick={() => onChoose(choice.value)}
          >
            {choice.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
