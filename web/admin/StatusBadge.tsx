import { Badge } from '@mantine/core';
import type { Status } from './queries.ts';

const looks = {
  active: { color: 'green', label: 'Active' },
  suspended: { color: 'red', label: 'Suspended' },
  deleting: { color: 'gray', label: 'Leaving' },
} as const satisfies Record<Status, { color: string; label: string }>;

export function StatusBadge({ status }: { readonly status: Status }) {
  return (
    <Badge variant="light" color={looks[status].color} style={{ flexShrink: 0 }}>
      {looks[status].label}
    </Badge>
  );
}
