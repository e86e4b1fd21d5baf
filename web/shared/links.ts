import { Anchor, Button } from '@mantine/core';
import { createLink, Link } from '@tanstack/react-router';

/** A plain link of the router, for what brings its own look. */
export const AppLink = Link;
export const TextLink = createLink(Anchor<'a'>);
/** Looks like a button and is a link: it opens in a new tab, and is called a link to who cannot see it. */
export const ButtonLink = createLink(Button.withProps({ component: 'a' }) as typeof Button<'a'>);
