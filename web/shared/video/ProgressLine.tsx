import { Group, Progress, Text } from '@mantine/core';
import { formatShare } from '../format.ts';

interface Props {
  /** What is going on, e.g. “Encoding”. */
  readonly label: string;
  /** 0 to 1, or undefined while there is nothing to count yet. */
  readonly share: number | undefined;
}

/** A line of progress with its number beside it. */
export function ProgressLine({ label, share }: Props) {
  const percent = share === undefined ? 100 : share * 100;
  return (
    <Group gap="sm" wrap="nowrap">
      <Progress.Root size="sm" radius="xl" flex={1} miw={80}>
        <Progress.Section
          value={percent}
          striped={share === undefined}
          animated={share === undefined}
          aria-label={label}
        />
      </Progress.Root>
      <Text size="xs" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
        {share === undefined ? label : `${label} ${formatShare(share)}`}
      </Text>
    </Group>
  );
}
