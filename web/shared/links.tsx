import { Anchor, Button, type ButtonProps, Menu, type MenuItemProps } from '@mantine/core';
import { createLink, Link } from '@tanstack/react-router';
import type { ComponentPropsWithRef } from 'react';

/** A plain link of the router, for what brings its own look. */
export const AppLink = Link;
export const TextLink = createLink(Anchor<'a'>);

/** A link with the look of a button: opens in a new tab like any link, and is told as one. */
export const ButtonLink = createLink((props: ButtonProps & Omit<ComponentPropsWithRef<'a'>, keyof ButtonProps>) => (
  <Button component="a" {...props} />
));

/** A place to go to in a menu. */
export const MenuLink = createLink((props: MenuItemProps & Omit<ComponentPropsWithRef<'a'>, keyof MenuItemProps>) => (
  <Menu.Item component="a" {...props} />
));
