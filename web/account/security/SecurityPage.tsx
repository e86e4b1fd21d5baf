import { Container, Stack, Text, Title } from '@mantine/core';
import { usePageTitle } from '../../shared/page-title.ts';
import { PasswordSection } from './PasswordSection.tsx';
import { SecondFactorSection } from './SecondFactorSection.tsx';
import { SessionsSection } from './SessionsSection.tsx';

/** What protects the account. */
export function SecurityPage() {
  usePageTitle('Security');
  return (
    <Container size="sm">
      <Stack gap="xl">
        <div>
          <Title order={1}>Security</Title>
          <Text c="dimmed" mt={4}>
            How you sign in, and where you are signed in now.
          </Text>
        </div>
        <PasswordSection />
        <SecondFactorSection />
        <SessionsSection />
      </Stack>
    </Container>
  );
}
