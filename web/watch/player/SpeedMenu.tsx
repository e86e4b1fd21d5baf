import { ControlMenu } from './ControlMenu.tsx';
import { speedLabel, speeds } from './speeds.ts';

interface Props {
  readonly rate: number;
  readonly onChange: (rate: number) => void;
}

export function SpeedMenu({ rate, onChange }: Props) {
  const choices = speeds.map((speed) => ({ value: String(speed), label: speed === 1 ? 'Normal' : speedLabel(speed) }));
  return (
    <ControlMenu
      label={`Speed: ${speedLabel(rate)}`}
      choices={choices}
      chosen={String(rate)}
      onChoose={(value) => onChange(Number(value))}
    >
      {speedLabel(rate)}
    </ControlMenu>
  );
}
