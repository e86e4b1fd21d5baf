import { Chip, Container, Group, Stack, Tabs, Text, Title } from '@mantine/core';
import { IconBell, IconClock, IconFlame } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Category, categories } from '../../domain/video/metadata.ts';
import { ButtonLink } from '../shared/links.tsx';
import { usePageTitle } from '../shared/page-title.ts';
import { useMe } from '../shared/session.ts';
import { type FeedKind, homeFeed } from '../shared/video/feeds.ts';
import { VideoGrid } from '../shared/video/VideoGrid.tsx';
import { Hero } from './Hero.tsx';
import classes from './HomePage.module.css';

const tabs = [
  { kind: 'recent', label: 'New', icon: IconClock },
  { kind: 'trending', label: 'Trending', icon: IconFlame },
  { kind: 'subscriptions', label: 'Subscriptions', icon: IconBell },
] as const satisfies readonly { kind: FeedKind; label: string; icon: typeof IconClock }[];

/** What there is to watch. Whoever has not signed in is told what this is, too. */
export function HomePage() {
  const me = useMe();
  const { kind = 'recent', category } = useSearch({ from: '/' });
  const navigate = useNavigate({ from: '/' });
  usePageTitle('');
  // Subscriptions are somebody's: a link to them shows others what is new.
  const shown = kind === 'subscriptions' && !me ? 'recent' : kind;
  return (
    <Container size="xl">
      {!me && <Hero />}
      <Title order={1} className={classes.unseen}>
        Videos
      </Title>
      <Tabs
        value={shown}
        onChange={(value) => {
          const chosen = tabs.find((tab) => tab.kind === value)?.kind;
          void navigate({ search: { ...(chosen !== 'recent' && { kind: chosen }), ...(category && { category }) } });
        }}
      >
        <Tabs.List className={classes.tabs}>
          {tabs
            .filter((tab) => tab.kind !== 'subscriptions' || me)
            .map(({ kind: value, label, icon: Icon }) => (
              <Tabs.Tab key={value} value={value} leftSection={<Icon size={17} aria-hidden="true" />}>
                {label}
              </Tabs.Tab>
            ))}
        </Tabs.List>
        <Tabs.Panel value={shown} pt="md">
          {shown !== 'subscriptions' && (
            <Chip.Group
              value={category ?? ''}
              onChange={(value) => {
                const chosen = Category.safeParse(value).data;
                void navigate({
                  search: { ...(shown !== 'recent' && { kind: shown }), ...(chosen && { category: chosen }) },
                });
              }}
            >
              <Group gap="xs" className={classes.chips} role="group" aria-label="Category">
                <Chip value="" size="sm" variant="light">
                  All
                </Chip>
                {Category.options.map((option) => (
                  <Chip key={option} value={option} size="sm" variant="light">
                    {categories[option]}
                  </Chip>
                ))}
              </Group>
            </Chip.Group>
          )}
          <VideoGrid
            key={`${shown} ${category ?? ''}`}
            query={homeFeed(shown, shown === 'subscriptions' ? undefined : category)}
            empty={<Nothing kind={shown} isMember={me !== null} filtered={category !== undefined} />}
          />
        </Tabs.Panel>
      </Tabs>
    </Container>
  );
}

const sentences: Readonly<Record<FeedKind, { title: string; text: string }>> = {
  recent: { title: 'Nothing has been published yet', text: 'The first video is a drop away.' },
  trending: { title: 'Nothing is trending yet', text: 'Videos come here as people like them and comment on them.' },
  subscriptions: {
    title: 'Nothing new from your subscriptions',
    text: 'Subscribe to channels that you like, and their new videos are found here.',
  },
};

interface NothingProps {
  readonly kind: FeedKind;
  readonly isMember: boolean;
  readonly filtered: boolean;
}

/** An empty list, and what can be done about it. */
function Nothing({ kind, isMember, filtered }: NothingProps) {
  const { title, text } = sentences[kind];
  return (
    <Stack align="center" gap="xs" py={72} data-testid="nothing">
      <Text fw={600} size="lg" ta="center">
        {filtered ? 'Nothing in this category yet' : title}
      </Text>
      <Text c="dimmed" ta="center">
        {filtered ? 'Choose another one, or look at all of them.' : text}
      </Text>
      {isMember && kind === 'recent' && !filtered && (
        <ButtonLink to="/studio" variant="light" mt="sm">
          Upload a video
        </ButtonLink>
      )}
    </Stack>
  );
}
