import { Avatar, Menu, Text, UnstyledButton } from '@mantine/core';
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
import { useLocation, useNavigate } from '@tanstack/react-router';
import { ButtonLink } from './links.tsx';
import { signOut, useMe } from './session.ts';

/** Who is signed in and what they can do; or the way in. */
export function AccountMenu() {
  const me = useMe();
  const navigate = useNavigate();
  const { pathname, href } = useLocation();
  if (!me) {
    if (['/sign-in', '/register', '/forgot-password'].includes(pathname)) return null;
    return (
      <ButtonLink to="/sign-in" search={{ next: href }} variant="light">
        Sign in
      </ButtonLink>
    );
  }
  return (
    <Menu position="bottom-end" width={240} withinPortal>
      <Menu.Target>
        <UnstyledButton aria-label={`Account of ${me.name}`} style={{ borderRadius: '50%' }}>
          <Avatar name={me.name} color="sluice" size={36} />
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
        <Menu.Item leftSection={<IconMovie size={16} />} onClick={() => void navigate({ to: '/studio' })}>
          My videos
        </Menu.Item>
        <Menu.Item leftSection={<IconBooks size={16} />} onClick={() => void navigate({ to: '/library' })}>
          Library
        </Menu.Item>
        <Menu.Item leftSection={<IconHistory size={16} />} onClick={() => void navigate({ to: '/history' })}>
          History
        </Menu.Item>
        <Menu.Item leftSection={<IconThumbUp size={16} />} onClick={() => void navigate({ to: '/liked' })}>
          Liked videos
        </Menu.Item>
        <Menu.Item leftSection={<IconUserCircle size={16} />} onClick={() => void navigate({ to: '/account' })}>
          Account
        </Menu.Item>
        <Menu.Item
          leftSection={<IconShieldLock size={16} />}
          onClick={() => void navigate({ to: '/account/security' })}
        >
          Security
        </Menu.Item>
        {me.roles.includes('admin') && (
          <Menu.Item leftSection={<IconUsers size={16} />} onClick={() => void navigate({ to: '/admin/users' })}>
            People
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
