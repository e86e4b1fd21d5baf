import { Text } from '@mantine/core';
import { formatShare } from '../shared/format.ts';

/** Why a far seek may take a moment. */
export function StillEncoding({ progress }: { readonly progress: number }) {
  return (
    <Text size="sm" c="dimmed" data-testid="still-encoding" style={{ fontVariantNumeric: 'tabular-nums' }}>
      Still being encoded: {formatShare(progress)}. You can watch already; a place further on may take a moment.
    </Text>
  );
}
