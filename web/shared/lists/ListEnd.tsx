import { Button, Group } from '@mantine/core';

interface Props {
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => Promise<unknown>;
  };
  readonly label?: string;
}

/** The way to the rest of a list. */
export function ListEnd({ query: { hasNextPage, isFetchingNextPage, fetchNextPage }, label = 'Show more' }: Props) {
  if (!hasNextPage) return null;
  return (
    <Group justify="center" mt="lg">
      <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
        {label}
      </Button>
    </Group>
  );
}
