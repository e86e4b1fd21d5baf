import { Badge, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconShieldLock } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { PasswordField } from '../../shared/account/fields.tsx';
import { api } from '../../shared/api.ts';
import { Section } from '../Section.tsx';
import { EnterFirstCode, type NewFactor } from './EnterFirstCode.tsx';
import { secondFactorQuery } from './sessions-query.ts';

/** Codes of an authenticator app. */
export function SecondFactorSection() {
  const factor = useQuery(secondFactorQuery);
  const [step, setStep] = useState<'rest' | 'password' | NewFactor>('rest');
  const queries = useQueryClient();
  const isOn = factor.data?.totp ?? false;

  const done = (message: string) => {
    setStep('rest');
    notifications.show({ title: 'Second factor', message });
    return queries.invalidateQueries({ queryKey: secondFactorQuery.queryKey });
  };
  return (
    <Section
      title="Second factor"
      icon={<IconShieldLock aria-hidden />}
      lead="A code of an app on your phone, asked for when you sign in: your password alone opens nothing then."
      error={factor.error}
      state={
        factor.data && (
          <Badge variant="light" color={isOn ? 'green' : 'gray'} data-testid="second-factor">
            {isOn ? 'On' : 'Off'}
          </Badge>
        )
      }
    >
      {factor.isPending && <Skeleton h={36} w={200} radius="md" />}
      {factor.isError && (
        <Button variant="default" onClick={() => void factor.refetch()} style={{ alignSelf: 'flex-start' }}>
          Try again
        </Button>
      )}
      {factor.data && step === 'rest' && (
        <Button
          variant={isOn ? 'default' : 'filled'}
          onClick={() => setStep('password')}
          style={{ alignSelf: 'flex-start' }}
        >
          {isOn ? 'Turn it off …' : 'Set it up …'}
        </Button>
      )}
      {step === 'password' && (
        <AskPassword
          isOn={isOn}
          onCancel={() => setStep('rest')}
          onBegun={setStep}
          onEnded={() => done('It is off: your password alone signs you in.')}
        />
      )}
      {typeof step === 'object' && (
        <EnterFirstCode
          factor={step}
          onCancel={() => setStep('rest')}
          onConfirmed={() => done('It is on: you will be asked for a code when you sign in.')}
        />
      )}
    </Section>
  );
}

interface AskPasswordProps {
  readonly isOn: boolean;
  readonly onCancel: () => void;
  readonly onBegun: (factor: NewFactor) => void;
  readonly onEnded: () => Promise<void>;
}

/** Setting up and turning off begin with the password. */
function AskPassword({ isOn, onCancel, onBegun, onEnded }: AskPasswordProps) {
  const [password, setPassword] = useState('');
  const attempt = useMutation({
    mutationFn: async () => {
      if (!isOn) return onBegun(await api.auth.beginTotp({ body: { password } }));
      await api.auth.endTotp({ body: { password } });
      return onEnded();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        attempt.mutate();
      }}
    >
      <Stack maw={380}>
        <PasswordField value={password} onChange={setPassword} error={attempt.error} />
        <Text size="sm" c="dimmed">
          To be sure that it is you.
        </Text>
        <Group>
          <Button type="submit" color={isOn ? 'red' : 'sluice'} loading={attempt.isPending} disabled={password === ''}>
            {isOn ? 'Turn it off' : 'Go on'}
          </Button>
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
