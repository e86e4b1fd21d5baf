import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import { TextLink } from '../links.ts';
import { AccountForm } from './AccountForm.tsx';

interface Props {
  readonly next: string | undefined;
  readonly onRegistered: (account: { email: string; password: string }) => void;
}

export function RegisterStep({ next, onRegistered }: Props) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const attempt = useMutation({
    mutationFn: () => api.auth.register({ body: { email, password, name } }),
    onSuccess: () => onRegistered({ email, password }),
  });
  return (
    <AccountForm
      title="Create an account"
      lead="It takes a minute; a code is mailed to you."
      error={attempt.error}
      onSubmit={() => attempt.mutate()}
      footer={
        <>
          Registered already?{' '}
          <TextLink to="/sign-in" search={next ? { next } : {}} inherit>
            Sign in
          </TextLink>
        </>
      }
    >
      <TextInput
        label="Name"
        name="name"
        autoComplete="name"
        required
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label="E-mail"
        type="email"
        name="email"
        autoComplete="username"
        required
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <PasswordInput
        label="Password"
        description="At least 12 characters: upper and lower case, a digit and a symbol among them."
        name="password"
        autoComplete="new-password"
        required
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button type="submit" fullWidth mt="xs" loading={attempt.isPending}>
        Create account
      </Button>
    </AccountForm>
  );
}
