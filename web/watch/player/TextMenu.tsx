import { IconBadgeCc, IconBadgeCcFilled } from '@tabler/icons-react';
import { ControlMenu } from './ControlMenu.tsx';
import { off, type TextChoice } from './text-choices.ts';

interface Props {
  readonly choices: readonly TextChoice[];
  /** The value of a choice, or `off`. */
  readonly chosen: string;
  readonly onChoose: (value: string) => void;
}

/** Subtitles and captions, where a title has any. */
export function TextMenu({ choices, chosen, onChoose }: Props) {
  if (choices.length === 0) return null;
  const shown = choices.find(({ value }) => value === chosen)?.label ?? 'Off';
  const Icon = chosen === off ? IconBadgeCc : IconBadgeCcFilled;
  return (
    <ControlMenu
      label={`Subtitles: ${shown}`}
      choices={[...choices, { value: off, label: 'Off' }]}
      chosen={chosen}
      onChoose={onChoose}
    >
      <Icon size={20} />
    </ControlMenu>
  );
}
