import { Button, Checkbox, Divider, Loader, Popover, Stack, Text } from '@mantine/core';
import { IconBookmark, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { VideoId } from '../../../domain/ids.ts';
import { NewPlaylist } from '../../shared/playlists/NewPlaylist.tsx';
import { inWatchLaterQuery, type List, ownPlaylistsQuery, useSave } from '../../shared/playlists/queries.ts';
import { problemSentence } from '../../shared/problem-sentence.ts';

/** Puts a video into lists of the person. */
export function SaveButton({ videoId }: { readonly videoId: VideoId }) {
  const [opened, setOpened] = useState(false);
  const [isMaking, setMaking] = useState(false);
  return (
    <>
      <Popover opened={opened} onChange={setOpened} position="bottom-start" width={260} trapFocus shadow="md">
        <Popover.Target>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconBookmark size={15} />}
            aria-haspopup="dialog"
            onClick={() => setOpened(!opened)}
          >
            Save
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label="Save to">
          {opened && (
            <Lists
              videoId={videoId}
              onNew={() => {
                setOpened(false);
                setMaking(true);
              }}
            />
          )}
        </Popover.Dropdown>
      </Popover>
      <NewPlaylist opened={isMaking} onClose={() => setMaking(false)} videoId={videoId} />
    </>
  );
}

function Lists({ videoId, onNew }: { readonly videoId: VideoId; readonly onNew: () => void }) {
  const later = useQuery(inWatchLaterQuery(videoId));
  const own = useInfiniteQuery(ownPlaylistsQuery(videoId));
  const error = later.error ?? own.error;
  const playlists = own.data?.pages.flatMap((page) => page.playlists) ?? [];
  if (error) return <Text role="alert">{problemSentence(error)}</Text>;
  if (later.data === undefined || own.data === undefined) return <Loader size="sm" aria-label="Loading your lists" />;
  return (
    <Stack gap="xs">
      <Text fw={600} size="sm">
        Save to
      </Text>
      <Stack gap="xs" mah={260} style={{ overflowY: 'auto' }}>
        <Entry videoId={videoId} list="watch-later" label="Watch later" contains={later.data} />
        {playlists.map(({ playlistId, title, contains }) => (
          <Entry key={playlistId} videoId={videoId} list={playlistId} label={title} contains={contains === true} />
        ))}
        {own.hasNextPage && (
          <Button
            size="compact-xs"
            variant="subtle"
            loading={own.isFetchingNextPage}
            onClick={() => void own.fetchNextPage()}
          >
            Show more
          </Button>
        )}
      </Stack>
      <Divider />
      <Button size="xs" variant="subtle" justify="flex-start" leftSection={<IconPlus size={15} />} onClick={onNew}>
        New playlist
      </Button>
    </Stack>
  );
}

interface EntryProps {
  readonly videoId: VideoId;
  readonly list: List;
  readonly label: string;
  readonly contains: boolean;
}

/** One list, and whether the video is in it. */
function Entry({ videoId, list, label, contains }: EntryProps) {
  const save = useSave(videoId);
  /** What was just chosen stands at once, until the list has been read anew. */
  const [chosen, setChosen] = useState<boolean>();
  return (
    <Checkbox
      label={label}
      checked={chosen ?? contains}
      disabled={save.isPending}
      onChange={({ currentTarget: { checked } }) => {
        setChosen(checked);
        save.mutate({ list, saved: checked }, { onSettled: () => setChosen(undefined) });
      }}
    />
  );
}
