import { ActionIcon, Group, Paper, Text } from '@mantine/core';
import { IconPlayerSkipBackFilled, IconPlayerSkipForwardFilled } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import type { VideoId } from '../../../domain/ids.ts';
import { AppLink, TextLink } from '../../shared/links.tsx';
import { CardPoster } from '../../shared/video/CardPoster.tsx';
import classes from './QueuePanel.module.css';
import type { Queue } from './use-queue.ts';

interface Props {
  readonly queue: Queue;
  readonly onPlay: (videoId: VideoId) => void;
}

/** What is seen of the video before. */
const shownBeforePx = 48;

/** Moves a strip, which is a column beside the player, to one of its items; the page stays where it is. */
function show(item: HTMLElement, strip: HTMLElement): void {
  const at = item.getBoundingClientRect();
  const from = strip.getBoundingClientRect();
  strip.scrollBy(at.left - from.left - shownBeforePx, at.top - from.top - shownBeforePx);
}

/** The list that is being played: where one is in it, and what comes next. */
export function QueuePanel({ queue, onPlay }: Props) {
  const { list, title, cards, isWhole, index, previous, next } = queue;
  const current = useRef<HTMLLIElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the current one changes with its index
  useEffect(() => {
    const strip = current.current?.parentElement;
    if (current.current && strip) show(current.current, strip);
  }, [index]);
  return (
    <Paper
      withBorder
      component="section"
      aria-label={`Playlist “${title}”`}
      className={classes.panel}
      data-testid="queue"
    >
      <Group justify="space-between" gap="xs" wrap="nowrap" px="sm" pt={6}>
        <Text truncate>
          <TextLink to="/playlist/$list" params={{ list }} fw={600} c="inherit">
            {title}
          </TextLink>
          {index >= 0 && (
            <Text span c="dimmed" size="sm">
              {' '}
              · {index + 1} of {cards.length}
              {isWhole ? '' : '+'}
            </Text>
          )}
        </Text>
        <Group gap={2} wrap="nowrap">
          <Step label="Previous video" to={previous} onPlay={onPlay} icon={<IconPlayerSkipBackFilled size={18} />} />
          <Step label="Next video" to={next} onPlay={onPlay} icon={<IconPlayerSkipForwardFilled size={18} />} />
        </Group>
      </Group>
      <ol className={classes.strip}>
        {cards.map((card, at) => (
          <li key={card.videoId} ref={at === index ? current : null} className={classes.item}>
            <AppLink
              to="/watch/$videoId"
              params={{ videoId: card.videoId }}
              search={{ list }}
              className={classes.link}
              aria-current={at === index}
            >
              <CardPoster poster={card.poster} durationSeconds={card.durationSeconds} />
              <Text size="sm" lineClamp={2} fw={at === index ? 600 : undefined}>
                {card.title}
              </Text>
            </AppLink>
          </li>
        ))}
      </ol>
    </Paper>
  );
}

interface StepProps {
  readonly label: string;
  readonly to: VideoId | undefined;
  readonly onPlay: (videoId: VideoId) => void;
  readonly icon: ReactNode;
}

function Step({ label, to, onPlay, icon }: StepProps) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={label}
      disabled={to === undefined}
      onClick={() => to !== undefined && onPlay(to)}
    >
      {icon}
    </ActionIcon>
  );
}
