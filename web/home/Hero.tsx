import { Group, Text, Title } from '@mantine/core';
import { ButtonLink } from '../shared/links.tsx';
import classes from './Hero.module.css';

/** What this is, for who has not signed in. */
export function Hero() {
  return (
    <section className={classes.hero} aria-label="What Sluice is">
      <div>
        <Title order={2} className={classes.headline}>
          Drop a file. Share a stream.
        </Title>
        <Text c="dimmed" maw={560} mt={6}>
          Uploads that survive a closed lid, playable seconds after they end, smooth from 360p on a train to 4K on the
          wall.
        </Text>
      </div>
      <Group wrap="nowrap">
        <ButtonLink to="/register">Create an account</ButtonLink>
        <ButtonLink to="/sign-in" search={{ next: '/' }} variant="default">
          Sign in
        </ButtonLink>
      </Group>
    </section>
  );
}
