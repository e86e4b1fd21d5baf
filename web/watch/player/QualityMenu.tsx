import { IconSettings } from '@tabler/icons-react';
import { ControlMenu } from './ControlMenu.tsx';
import classes from './Controls.module.css';
import { auto } from './stream.ts';

interface Props {
  /** Best first. */
  readonly names: readonly string[];
  readonly chosen: string;
  readonly current: string;
  readonly onChoose: (quality: string) => void;
}

export function QualityMenu({ names, chosen, current, onChoose }: Props) {
  const shown = chosen === auto ? ['Auto', current].filter((word) => word !== '').join(' · ') : chosen;
  const choices = [...names.map((name) => ({ value: name, label: name })), { value: auto, label: 'Auto' }];
  return (
    <ControlMenu label={`Quality: ${shown}`} choices={choices} chosen={chosen} onChoose={onChoose}>
      <span className={classes.wideOnly}>{shown}</span>
      <IconSettings className={classes.narrowOnly} size={20} aria-hidden="true" />
    </ControlMenu>
  );
}
