import { Alert, Anchor, Container, Group } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { IconCloudOff, IconUpload } from '@tabler/icons-react';
import { Outlet, useLocation } from '@tanstack/react-router';
import { AccountMenu } from './AccountMenu.tsx';
import classes from './AppFrame.module.css';
import { ColorSchemeToggle } from './ColorSchemeToggle.tsx';
import { Logo } from './Logo.tsx';
import { AppLink, ButtonLink } from './links.tsx';
import { useMe } from './session.ts';

/** What is around every page. */
export function AppFrame() {
  const { online } = useNetwork();
  return (
    <>
      <Anchor href="#main" className={classes.skip}>
        Skip to the content
      </Anchor>
      <header className={classes.header}>
        <Container size="xl" className={classes.bar}>
          <AppLink to="/" className={classes.home} aria-label="Sluice, home">
            <Logo />
          </AppLink>
          <Group gap="xs" wrap="nowrap">
            <UploadLink />
            <ColorSchemeToggle />
            <AccountMenu />
          </Group>
        </Container>
      </header>
      <main id="main" tabIndex={-1} className={classes.main}>
        {!online && (
          <Container size="xl" mb="md" role="status">
            <Alert color="yellow" variant="light" icon={<IconCloudOff />} title="You are offline">
              Uploads wait and go on by themselves when the connection is back.
            </Alert>
          </Container>
        )}
        <Outlet />
      </main>
    </>
  );
}

/** The way to a first or next video, from everywhere but where it leads. */
function UploadLink() {
  const me = useMe();
  const { pathname } = useLocation();
  if (!me?.roles.includes('creator') || pathname === '/studio') return null;
  return (
    <ButtonLink to="/studio" variant="light" leftSection={<IconUpload size={17} aria-hidden="true" />}>
      Upload
    </ButtonLink>
  );
}
