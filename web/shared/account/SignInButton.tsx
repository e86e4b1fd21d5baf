import type { ButtonProps } from '@mantine/core';
import { useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ButtonLink } from '../links.tsx';

interface Props extends ButtonProps {
  readonly 'aria-label'?: string;
  readonly children: ReactNode;
}

/** In place of what only somebody who has signed in can do: the way there, and back to this page. */
export function SignInButton(props: Props) {
  const { href } = useLocation();
  return <ButtonLink to="/sign-in" search={{ next: href }} {...props} />;
}
