import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiError } from '../../../client/client.ts';
import { TextLink } from '../links.ts';
import { returnPath } from '../return-path.ts';
import { signIn } from '../session.ts';
import { AccountForm } from './AccountForm.tsx';

export function SignInPage() {
  const { next } = useSearch({ from: '/sign-in' });
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const router = useRouter();
  const attempt = useMutation({
    mutationFn: () => signIn(queries, email, password),
    onSuccess: () => router.history.push(returnPath(next)),
    onError: (error) => {
      // The account is there but the code was never entered: that is where to go on.
      if (error instanceof ApiError && error.problem.code === 'email-not-confirmed') {
        void navigate({ to: '/register', search: { ...(next ? { next } : {}), confirm: email } });
      }
    },
  });
  return (
    <AccountForm
      title="Sign in"
      lead="Good to see you again."
      error={attempt.error}
      onSubmit={() => attempt.mutate()}
      footer={
        <>
          New here?{' '}
          <TextLink to="/register" search={next ? { next } : {}} inherit>
            Create an account
          </TextLink>
        </>
      }
    >
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
        name="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button type="submit" fullWidth mt="xs" loading={attempt.isPending}>
        Sign in
      </Button>
    </AccountForm>
  );
}
