import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api.ts';
import { TextLink } from '../links.tsx';
import { returnPath } from '../return-path.ts';
import { signIn } from '../session.ts';
import { AccountForm } from './AccountForm.tsx';
import { CodeField, PasswordField } from './fields.tsx';

interface Props {
  readonly email: string;
  /** As typed a moment ago; empty when the person comes from the sign-in page. */
  readonly password: string;
  readonly next: string | undefined;
}

export function ConfirmStep({ email, password: typed, next }: Props) {
  const [code, setCode] = useState('');
  const [password, setPassword] = useState(typed);
  const [confirmed, setConfirmed] = useState(false);
  const queries = useQueryClient();
  const router = useRouter();
  const attempt = useMutation({
    mutationFn: async () => {
      // A code works once: if only the sign-in failed, only the sign-in is repeated.
      if (!confirmed) await api.auth.confirm({ body: { email, code } });
      setConfirmed(true);
      await signIn(queries, email, password);
    },
    onSuccess: () => router.history.push(returnPath(next)),
  });
  return (
    <AccountForm
      title="Enter the code"
      lead={
        <>
          It was mailed to <strong>{email}</strong>.
        </>
      }
      error={attempt.error}
      onSubmit={() => attempt.mutate()}
      footer={
        <TextLink to="/sign-in" search={next ? { next } : {}} underline="always" inherit>
          Back to sign in
        </TextLink>
      }
    >
      <CodeField description="Six digits" disabled={confirmed} value={code} onChange={setCode} />
      {typed === '' && <PasswordField value={password} onChange={setPassword} />}
      <Button type="submit" fullWidth mt="xs" loading={attempt.isPending}>
        Confirm and sign in
      </Button>
      {!confirmed && <ResendCode email={email} />}
    </AccountForm>
  );
}

function ResendCode({ email }: { readonly email: string }) {
  const resent = useMutation({ mutationFn: () => api.auth.resendCode({ body: { email } }) });
  return (
    <Group gap="xs" justify="center">
      <Button variant="subtle" size="compact-sm" loading={resent.isPending} onClick={() => resent.mutate()}>
        Mail the code again
      </Button>
      <Text size="sm" c="dimmed" role="status">
        {resent.isSuccess && 'It is on its way.'}
        {resent.isError && 'That did not work. Try again in a moment.'}
      </Text>
    </Group>
  );
}
