import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowBarToUp, IconArrowDown, IconArrowUp, IconDotsVertical, IconTrash } from '@tabler/icons-react';
import type { PlaylistId, VideoId } from '../../domain/ids.ts';
import { type List, useMove, useTakeOut } from '../shared/playlists/queries.ts';

interface Props {
  readonly list: List;
  readonly videoId: VideoId;
  readonly title: string;
  /** The videos of the list as they are shown, and where among them this one is. */
  readonly order: readonly VideoId[];
  readonly index: number;
}

/** What the owner of a list can do with a video in it. */
export function PlaylistItemActions({ list, videoId, title, order, index }: Props) {
  const takeOut = useTakeOut(list);
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          loading={takeOut.isPending}
          aria-label={`Actions for “${title}”`}
        >
          <IconDotsVertical size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {list !== 'watch-later' && <Moves playlistId={list} videoId={videoId} order={order} index={index} />}
        <Menu.Item leftSection={<IconTrash size={16} />} onClick={() => takeOut.mutate(videoId)}>
          Take out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface MovesProps extends Pick<Props, 'videoId' | 'order' | 'index'> {
  readonly playlistId: PlaylistId;
}

function Moves({ playlistId, videoId, order, index }: MovesProps) {
  const move = useMove(playlistId);
  const to = (after: VideoId | null) => () => move.mutate({ videoId, after });
  const isFirst = index === 0;
  const next = order[index + 1];
  return (
    <>
      <Menu.Item leftSection={<IconArrowBarToUp size={16} />} disabled={isFirst} onClick={to(null)}>
        Move to the top
      </Menu.Item>
      <Menu.Item leftSection={<IconArrowUp size={16} />} disabled={isFirst} onClick={to(order[index - 2] ?? null)}>
        Move up
      </Menu.Item>
      <Menu.Item leftSection={<IconArrowDown size={16} />} disabled={next === undefined} onClick={to(next ?? null)}>
        Move down
      </Menu.Item>
      <Menu.Divider />
    </>
  );
}
