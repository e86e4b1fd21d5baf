import { Button, Code, CopyButton, Group, List, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { AnswerOf } from '../../../domain/api/route.ts';
import type { routes } from '../../../lambdas/auth/routes.ts';
import { CodeField } from '../../shared/account/fields.tsx';
import { api } from '../../shared/api.ts';
import { QrCode } from './QrCode.tsx';

export type NewFactor = AnswerOf<(typeof routes)['beginTotp']>;

interface Props {
  readonly factor: NewFactor;
  readonly onCancel: () => void;
  readonly onConfirmed: () => Promise<void>;
}

/** The secret, as a picture and to be typed in; a first code shows that the app has it. */
export function EnterFirstCode({ factor: { secret, otpauthUri }, onCancel, onConfirmed }: Props) {
  const [code, setCode] = useState('');
  const attempt = useMutation({
    mutationFn: async () => {
      await api.auth.confirmTotp({ body: { code } });
      await onConfirmed();
    },
    onError: () => setCode(''),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        attempt.mutate();
      }}
    >
      <Stack>
        <List type="ordered" spacing="xs" size="sm">
          <List.Item>Install an authenticator app on your phone, if it has none.</List.Item>
          <List.Item>Scan this picture with it, or type in the key.</List.Item>
          <List.Item>Enter the code that it shows.</List.Item>
        </List>
        <Group align="flex-start" gap="xl">
          <QrCode text={otpauthUri} label="QR code for your authenticator app" />
          <Stack gap="sm" miw={220} flex={1}>
            <div>
              <Text size="sm" fw={600}>
                Key
              </Text>
              <Code block data-testid="totp-secret" style={{ overflowWrap: 'anywhere', whiteSpace: 'normal' }}>
                {secret.replaceAll(/.{4}(?=.)/g, '$& ')}
              </Code>
              <CopyButton value={secret}>
                {({ copied, copy }) => (
                  <Button variant="subtle" size="compact-sm" mt={4} onClick={copy}>
                    {copied ? 'Copied' : 'Copy the key'}
                  </Button>
                )}
              </CopyButton>
            </div>
            <CodeField description="Six digits from the app" value={code} onChange={setCode} error={attempt.error} />
          </Stack>
        </Group>
        <Text size="sm" c="dimmed">
          Keep the key somewhere safe: should you lose the phone, another app can be set up with it.
        </Text>
        <Group>
          <Button type="submit" loading={attempt.isPending} disabled={code.length !== 6}>
            Turn it on
          </Button>
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
