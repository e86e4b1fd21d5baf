import './shared/strict-csp.ts';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queries } from './queries.ts';
import { router } from './router.tsx';
import { followSession } from './shared/session.ts';
import { cssVariables, theme } from './shared/theme.ts';

followSession(queries, () => {
  const { pathname } = location;
  // A public page stays; a page of somebody's own asks who is there, and comes back afterwards.
  if (/^\/(studio|account|admin|library|history|playlist\/watch-later)(\/|$)/.test(pathname))
    location.assign(`/sign-in?next=${encodeURIComponent(pathname)}`);
});

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <Notifications position="bottom-center" autoClose={6000} />
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
