import { Group, Text } from '@mantine/core';

/** Water held at three heights: a sluice, and a ladder of qualities. */
export function Logo() {
  return (
    <Group gap={10} wrap="nowrap">
      <svg width="30" height="30" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="8" fill="var(--mantine-color-sluice-8)" />
        <g stroke="#fff" strokeWidth="3" strokeLinecap="round">
          <path d="M8 9h16" />
          <path d="M8 16h11" opacity=".85" />
          <path d="M8 23h6" opacity=".7" />
        </g>
      </svg>
      <Text component="span" fw={700} fz="lg" lh={1}>
        Sluice
      </Text>
    </Group>
  );
}
