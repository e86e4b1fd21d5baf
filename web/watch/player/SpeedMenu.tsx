import { ControlMenu } from './ControlMenu.tsx';

const speeds = [0.5, 0.75, 1, 1.25, 1.5, 2];
const label = (rate: number) => `${rate}×`;

interface Props {
  readonly rate: number;
  readonly onChange: (rate: number) => void;
}

export function SpeedMenu({ rate, onChange }: Props) {
  const choices = speeds.map((speed) => ({ value: String(speed), label: speed === 1 ? 'Normal' : label(speed) }));
  return (
    <ControlMenu
      label={`Speed: ${label(rate)}`}
      choices={choices}
      chosen={String(rate)}
      onChoose={(value) => onChange(Number(value))}
    >
      {label(rate)}
    </ControlMenu>
  );
}
