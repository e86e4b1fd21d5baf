import { Menu, UnstyledButton } from '@mantine/core';
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
    <Menu
      position="top-end"
      withinPortal={false}
      offset={10}
      classNames={{ dropdown: classes.menu, item: classes.item }}
    >
      <Menu.Target>
        <UnstyledButton className={classes.choice} aria-label={label} title={label}>
          {children}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={chosen} onChange={onChoose}>
          {choices.map((choice) => (
            <Menu.RadioItem key={choice.value} value={choice.value} closeMenuOnClick>
              {choice.label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
