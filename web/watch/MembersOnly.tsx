import { Container, Stack, Text, Title } from '@mantine/core';
import { IconTicket } from '@tabler/icons-react';
import * as z from 'zod';
import type { ApiError } from '../../client/client.ts';
import { SignInButton } from '../shared/account/SignInButton.tsx';
import { usePageTitle } from '../shared/page-title.ts';
import { useMe } from '../shared/session.ts';
import classes from './NotYet.module.css';

/** What the refusal tells of the video. */
const Refused = z.object({ video: z.object({ title: z.string(), poster: z.string().nullable() }) });

/** A video that those with a paid plan can watch, as others see it. */
export function MembersOnly({ error }: { readonly error: ApiError }) {
  const { title, poster } = Refused.parse(error.problem).video;
  const me = useMe();
  usePageTitle(title);
  return (
    <Container size="xl" data-testid="members-only">
      <div className={classes.frame}>
        {poster !== null && <img src={poster} alt="" className={classes.poster} />}
        <Stack className={classes.words} gap="xs" align="center">
          <IconTicket size={36} stroke={1.5} aria-hidden="true" />
          <Text fw={700} size="xl">
            For members
          </Text>
          <Text>
            {me
              ? 'This video is for those with a paid plan, and your account has none.'
              : 'This video is for those with a paid plan. If you have one, sign in.'}
          </Text>
          {!me && <SignInButton mt="xs">Sign in</SignInButton>}
        </Stack>
      </div>
      <Title order={1} size="h2" mt="md" style={{ overflowWrap: 'anywhere' }}>
        {title}
      </Title>
    </Container>
  );
}
