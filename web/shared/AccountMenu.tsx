import { Avatar, Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import {
  IconBooks,
  IconHistory,
  IconLogout,
  IconMovie,
  IconShieldLock,
  IconThumbUp,
  IconUserCircle,
  IconUsers,
} from '@tabler/icons-react';
import { useLocation } from '@tanstack/react-router';
import type { Role } from '../../domain/access/roles.ts';
import { SignInButton } from './account/SignInButton.tsx';
import { MenuLink } from './links.tsx';
import { signOut, useMe } from './session.ts';

/** What is somebody's own; some of it for a role only. */
const places = [
  { to: '/studio', label: 'My videos', icon: IconMovie },
  { to: '/library', label: 'Library', icon: IconBooks },
  { to: '/history', label: 'History', icon: IconHistory },
  { to: '/liked', label: 'Liked videos', icon: IconThumbUp },
  { to: '/account', label: 'Account', icon: IconUserCircle },
  { to: '/account/security', label: 'Security', icon: IconShieldLock },
  { to: '/admin/users', label: 'People', icon: IconUsers, role: 'admin' },
] as const satisfies readonly { to: string; label: string; icon: typeof IconMovie; role?: Role }[];

/** Who is signed in and what they can do; or the way in. */
export function AccountMenu() {
  const me = useMe();
  const { pathname } = useLocation();
  if (!me) {
    if (['/sign-in', '/register', '/forgot-password'].includes(pathname)) return null;
    return <SignInButton variant="light">Sign in</SignInButton>;
  }
  return (
    <Menu position="bottom-end" width={240} withinPortal>
      <Menu.Target>
        <UnstyledButton style={{ borderRadius: '50%' }}>
          <VisuallyHidden>Account of {me.name}</VisuallyHidden>
          <Avatar name={me.name} color="sluice" size={36} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text fw={600} truncate>
            {me.name}
          </Text>
          <Text size="sm" truncate>
            {me.email}
          </Text>
        </Menu.Label>
        <Menu.Divider />
        {places.map(
          ({ to, label, icon: Icon, ...only }) =>
            (!('role' in only) || me.roles.includes(only.role)) && (
              <MenuLink key={to} to={to} leftSection={<Icon size={16} />}>
                {label}
              </MenuLink>
            ),
        )}
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
