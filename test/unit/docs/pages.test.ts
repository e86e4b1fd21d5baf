import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addAccountCommands } from '../../../cli/commands/account.ts';

const root = join(import.meta.dirname, '../../..');
