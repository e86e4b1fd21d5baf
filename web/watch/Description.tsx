import { Anchor, Badge, Group, Paper, Stack, Text } from '@mantine/core';
import { languageName } from '../shared/languages.ts';
import { FoldedText } from '../shared/text/FoldedText.tsx';
import classes from './Description.module.css';
import { TimedText } from './TimedText.tsx';

interface Props {
  readonly playback: {
    readonly description: string | null;
    readonly tags: readonly string[];
    readonly category: { readonly name: string } | null;
    readonly language: string | null;
    readonly licence: { readonly name: string; readonly url: string | null } | null;
    readonly publishedAt: number | null;
  };
}

/** What its creator tells of a video. */
export function Description({ playback: { description, tags, category, language, licence, publishedAt } }: Props) {
  const facts = [
    publishedAt === null
      ? undefined
      : new Date(publishedAt).toLocaleDateString(undefined, { day: 'numeric', month: 'long', year: 'numeric' }),
    category?.name,
    language === null ? undefined : `In ${languageName(language)}`,
  ].filter((fact) => fact !== undefined);
  if (facts.length + tags.length === 0 && description === null && licence === null) return null;
  return (
    <Paper className={classes.box} component="section" aria-label="Description" data-testid="description">
      <Stack gap="xs">
        {facts.length > 0 && (
          <Text size="sm" fw={600}>
            {facts.join(' · ')}
          </Text>
        )}
        {description !== null && (
          <div>
            <FoldedText lines={6} size="sm">
              <TimedText text={description} />
            </FoldedText>
          </div>
        )}
        {tags.length > 0 && (
          <Group gap={6} component="ul" className={classes.tags} aria-label="Tags">
            {tags.map((tag) => (
              <Badge key={tag} component="li" variant="default" tt="none" fw={500}>
                {tag}
              </Badge>
            ))}
          </Group>
        )}
        {licence !== null && (
          <Text size="sm" c="dimmed">
            {licence.url === null ? (
              licence.name
            ) : (
              <Anchor href={licence.url} target="_blank" rel="noopener license" underline="always" inherit>
                {licence.name}
              </Anchor>
            )}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}
