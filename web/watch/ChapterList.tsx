import { Text, UnstyledButton } from '@mantine/core';
import { chapterAt } from '../../domain/video/chapters.ts';
import type { Chapter } from '../../domain/video/metadata.ts';
import { formatClock } from '../shared/format.ts';
import classes from './ChapterList.module.css';
import { useMediaState } from './player/media-state.ts';
import { usePlaying } from './player/playing.ts';

/** The chapters, with the one that is being watched: a click goes there. */
export function ChapterList({ chapters }: { readonly chapters: readonly Chapter[] }) {
  const playing = usePlaying();
  const { currentTime } = useMediaState(playing?.video ?? null);
  const current = chapterAt(chapters, currentTime);
  return (
    <section aria-label="Chapters" data-testid="chapters">
      <Text fw={600} component="h2" size="md" mb={6}>
        Chapters
      </Text>
      <ol className={classes.list}>
        {chapters.map((chapter) => (
          <li key={chapter.startSeconds}>
            <UnstyledButton
              className={classes.chapter}
              aria-current={chapter === current ? 'true' : undefined}
              disabled={playing === undefined}
              onClick={() => playing?.seek(chapter.startSeconds)}
            >
              <span className={classes.time}>{formatClock(chapter.startSeconds)}</span>
              <span className={classes.title}>{chapter.title}</span>
            </UnstyledButton>
          </li>
        ))}
      </ol>
    </section>
  );
}
