import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** Deep water: the one accent. */
const sluice: MantineColorsTuple = [
  '#e8f7f6',
  '#d3eceb',
  '#a5d9d8',
  '#74c6c5',
  '#4db6b5',
  '#34acab',
  '#1f9b9d',
  '#0d7f83',
  '#0b7378',
  '#055a5f',
];

/** Cool, slightly green neutrals for dark mode, from text to the deepest ground. */
const dark: MantineColorsTuple = [
  '#d5dcde',
  '#b3bdc0',
  '#8f9b9f',
  '#667377',
  '#3d494d',
  '#2f3a3e',
  '#232c2f',
  '#1a2123',
  '#13191b',
  '#0d1112',
];

const fonts = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

export const theme = createTheme({
  primaryColor: 'sluice',
  primaryShade: { light: 8, dark: 7 },
  colors: { sluice, dark },
  defaultRadius: 'md',
  fontFamily: fonts,
  headings: { fontFamily: fonts, fontWeight: '650' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    // Every field of our forms is required; marking each says nothing.
    InputWrapper: { defaultProps: { withAsterisk: false } },
    // The head of a dialog is no banner of the page.
    Modal: {
      defaultProps: { closeButtonProps: { 'aria-label': 'Close' }, attributes: { header: { role: 'presentation' } } },
    },
    // A menu may have nothing in it but what can be chosen (ARIA 1.2, menu); the first of it gets the focus.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
  },
});

/** What Mantine has too little contrast in, as it must be to have more than 4.5 to 1 (WCAG 2.2, 1.4.3): text, and words on light badges. */
export const cssVariables: CSSVariablesResolver = () => ({
  // So high a picture may be that the title below it is on the screen too.
  variables: { '--player-max-height': 'calc(100dvh - 178px)' },
  light: {
    '--mantine-color-dimmed': '#55636a',
    '--mantine-color-placeholder': '#68747a',
    '--mantine-color-error': '#c92a2a',
    '--mantine-color-red-text': '#c92a2a',
    '--mantine-color-orange-text': '#a63508',
    '--mantine-color-teal-light-color': '#066649',
    '--mantine-color-green-light-color': '#20702f',
    '--mantine-color-yellow-light-color': '#8a4500',
    '--mantine-color-orange-light-color': '#a63508',
  },
  dark: {
    '--mantine-color-dimmed': '#a3aeb2',
    '--mantine-color-placeholder': '#98a4a8',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-red-filled': '#c92a2a',
  },
});
