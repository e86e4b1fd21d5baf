import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api.ts';
import { TextLink } from '../links.ts';
import { returnPath } from '../return-path.ts';
import { signIn } from '../session.ts';
import { AccountForm } from './AccountForm.tsx';

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
        <TextLink to="/sign-in" search={next ? { next } : {}} inherit>
          Back to sign in
        </TextLink>
      }
    >
      <TextInput
        label="Code"
        description="Six digits"
        name="code"
        autoComplete="one-time-code"
        inputMode="numeric"
        pattern="[0-9]{6}"
        maxLength={6}
        required
        disabled={confirmed}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value.replace(/\D/g, ''))}
      />
      {typed === '' && (
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
      )}
      <Button type="submit" fullWidth mt="xs" loading={attempt.isPending}>
        Confirm and sign in
      </Button>
    </AccountForm>
  );
}
