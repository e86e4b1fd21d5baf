import { Anchor, Button } from '@mantine/core';
import { createLink, Link } from '@tanstack/react-router';

/** A plain link of the router, for what brings its own look. */
export const AppLink = Link;
export const TextLink = createLink(Anchor<'a'>);
export const ButtonLink = createLink(Button<'a'>);
