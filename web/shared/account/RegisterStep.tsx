import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import { TextLink } from '../links.tsx';
import { AccountForm } from './AccountForm.tsx';
import { EmailField, isChoosable, NewPasswordField } from './fields.tsx';

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
          <TextLink to="/sign-in" search={next ? { next } : {}} underline="always" inherit>
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
      <EmailField value={email} onChange={setEmail} />
      <NewPasswordField value={password} onChange={setPassword} />
      <Button type="submit" fullWidth mt="xs" loading={attempt.isPending} disabled={!isChoosable(password)}>
        Create account
      </Button>
    </AccountForm>
  );
}
