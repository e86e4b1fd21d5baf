import { Group, PasswordInput, Text, TextInput } from '@mantine/core';
import { IconCheck, IconCircle } from '@tabler/icons-react';
import { useId } from 'react';
import { passwordRules } from '../../../domain/access/password.ts';
import { problemSentence } from '../problem-sentence.ts';
import classes from './fields.module.css';

interface Field {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Why what it was sent with was refused, where the form has no other place to say so. */
  readonly error?: unknown;
}

const sentenceOf = (error: unknown) => (error == null ? undefined : problemSentence(error));

export const EmailField = ({ value, onChange }: Field) => (
  <TextInput
    label="E-mail"
    type="email"
    name="email"
    autoComplete="username"
    required
    value={value}
    onChange={(event) => onChange(event.currentTarget.value)}
  />
);

interface PasswordFieldProps extends Field {
  readonly label?: string;
}

/** A password that there is already. */
export const PasswordField = ({ value, onChange, error, label = 'Password' }: PasswordFieldProps) => (
  <PasswordInput
    label={label}
    name="password"
    autoComplete="current-password"
    required
    maxLength={256}
    error={sentenceOf(error)}
    value={value}
    onChange={(event) => onChange(event.currentTarget.value)}
  />
);

/** Whether a password is one that can be chosen. */
export const isChoosable = (password: string) => passwordRules.every(({ isMet }) => isMet(password));

/** A password that is being chosen: says what it must be, and what it is already. */
export function NewPasswordField({ value, onChange, label = 'Password' }: PasswordFieldProps) {
  const rules = useId();
  return (
    <div>
      <PasswordInput
        label={label}
        name="new-password"
        autoComplete="new-password"
        aria-describedby={rules}
        required
        maxLength={256}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Group id={rules} gap="xs" mt={8}>
        {passwordRules.map(({ text, isMet }) => (
          <Text key={text} size="xs" className={classes.rule} data-met={isMet(value) || undefined}>
            {isMet(value) ? (
              <IconCheck size={14} aria-label="Met:" />
            ) : (
              <IconCircle size={10} aria-label="Still needed:" />
            )}
            {text}
          </Text>
        ))}
      </Group>
    </div>
  );
}

interface CodeFieldProps extends Field {
  readonly description: string;
  readonly disabled?: boolean;
  readonly autoFocus?: boolean;
}

/** Six digits, from a mail or an authenticator app. */
export const CodeField = ({
  value,
  onChange,
  error,
  description,
  disabled = false,
  autoFocus = false,
}: CodeFieldProps) => (
  <TextInput
    label="Code"
    description={description}
    name="code"
    autoComplete="one-time-code"
    inputMode="numeric"
    pattern="[0-9]{6}"
    maxLength={6}
    required
    disabled={disabled}
    error={sentenceOf(error)}
    ref={(field) => {
      if (autoFocus) field?.focus();
    }}
    value={value}
    onChange={(event) => onChange(event.currentTarget.value.replace(/\D/g, ''))}
  />
);
