import { ActionIcon, Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconListDetails, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { formatChapterLines, formatStart, parseChapterLines, parseStart } from '../../../domain/video/chapters.ts';
import { formatClock } from '../../shared/format.ts';
import classes from './ChaptersEditor.module.css';
import { type ChapterRow, chaptersOf, rowsOf } from './edit-form.ts';

interface Props {
  readonly rows: readonly ChapterRow[];
  readonly durationSeconds: number | null;
  /** Where the preview stands, in seconds; undefined while there is none. */
  readonly position: () => number | undefined;
  readonly onChange: (rows: ChapterRow[]) => void;
}

/** In order of their times, as far as those are known. */
const sorted = (rows: readonly ChapterRow[]) =>
  rows.toSorted(
    (a, b) => (parseStart(a.start) ?? Number.POSITIVE_INFINITY) - (parseStart(b.start) ?? Number.POSITIVE_INFINITY),
  );

/** Chapters one by one, or as lines of text. */
export function ChaptersEditor({ rows, durationSeconds, position, onChange }: Props) {
  const [text, setText] = useState<string>();
  const made = chaptersOf(rows, durationSeconds);
  const fault = Array.isArray(made) ? undefined : made;

  const add = () => {
    const at = Math.floor(position() ?? 0);
    // The first chapter is the beginning, wherever the preview stands.
    const start = formatStart(rows.length === 0 ? 0 : at);
    onChange(sorted([...rows, { start, title: '' }]));
  };
  const leaveText = (lines: ChapterRow[] | undefined) => {
    if (lines) onChange(lines);
    setText(undefined);
  };
  if (text !== undefined) return <AsText text={text} onChange={setText} onDone={leaveText} />;
  const change = (index: number, row: Partial<ChapterRow>) =>
    onChange(rows.map((other, i) => (i === index ? { ...other, ...row } : other)));
  return (
    <Stack gap="sm">
      {rows.length === 0 && (
        <Text size="sm" c="dimmed">
          None yet. Chapters are marks on the seek bar, and a list beside the video.
        </Text>
      )}
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have nothing else that stays while they are being written
        <div key={index} className={classes.row} data-testid="chapter-row">
          <TextInput
            aria-label={`Time of chapter ${index + 1}`}
            className={classes.time}
            value={row.start}
            error={fault?.index === index}
            onChange={(event) => change(index, { start: event.currentTarget.value })}
            onBlur={() => onChange(sorted(rows))}
          />
          <TextInput
            aria-label={`Title of chapter ${index + 1}`}
            placeholder="Title"
            maxLength={100}
            value={row.title}
            error={fault?.index === index ? fault.sentence : undefined}
            onChange={(event) => change(index, { title: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="red"
            size="lg"
            aria-label={`Delete chapter ${index + 1}`}
            onClick={() => onChange(rows.filter((_, i) => i !== index))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </div>
      ))}
      <Group gap="xs">
        <Button size="xs" variant="light" leftSection={<IconPlus size={15} />} onClick={add}>
          Add a chapter at the preview
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconListDetails size={15} />}
          onClick={() =>
            setText(
              Array.isArray(made)
                ? formatChapterLines(made)
                : rows.map(({ start, title }) => `${start} ${title}`).join('\n'),
            )
          }
        >
          Write as text
        </Button>
        {durationSeconds !== null && (
          <Text size="xs" c="dimmed">
            The video is {formatClock(durationSeconds)} long.
          </Text>
        )}
      </Group>
    </Stack>
  );
}

interface AsTextProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
  /** With the rows that the text makes, or nothing if it is left as it was. */
  readonly onDone: (rows: ChapterRow[] | undefined) => void;
}

function AsText({ text, onChange, onDone }: AsTextProps) {
  const parsed = parseChapterLines(text);
  const fault = 'line' in parsed ? parsed : undefined;
  return (
    <Stack gap="sm">
      <Textarea
        label="A line for each chapter"
        placeholder={'0:00 Intro\n1:30 The sea'}
        autosize
        minRows={4}
        maxRows={20}
        value={text}
        error={fault?.sentence}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Group gap="xs">
        <Button
          size="xs"
          variant="light"
          disabled={fault !== undefined}
          onClick={() => 'line' in parsed || onDone(rowsOf(parsed))}
        >
          Take these chapters
        </Button>
        <Button size="xs" variant="subtle" color="gray" onClick={() => onDone(undefined)}>
          Leave them as they were
        </Button>
      </Group>
    </Stack>
  );
}
