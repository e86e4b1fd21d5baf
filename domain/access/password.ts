/** What a password must be: the user pool is made by it, and forms tell it before anything is sent. */
export const passwordMinLength = 12;

export interface PasswordRule {
  readonly text: string;
  readonly isMet: (password: string) => boolean;
}

/** The symbols are those that Cognito counts as such. */
export const passwordRules: readonly PasswordRule[] = [
  { text: `${passwordMinLength} characters`, isMet: (password) => password.length >= passwordMinLength },
  { text: 'a lower-case letter', isMet: (password) => /[a-z]/.test(password) },
  { text: 'an upper-case letter', isMet: (password) => /[A-Z]/.test(password) },
  { text: 'a digit', isMet: (password) => /\d/.test(password) },
  { text: 'a symbol', isMet: (password) => /[-^$*.[\]{}()?"!@#%&/\\,><':;|_~`+=]/.test(password) },
];
