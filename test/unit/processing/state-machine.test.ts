import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { reasons } from '../../../domain/video/reasons.ts';

const Rule = z.looseObject({
  ErrorEquals: z.array(z.string()),
  Comment: z.string(),
  MaxAttempts: z.int().optional(),
  Next: z.string().optional(),
});
const State = z.looseObject({
  Type: z.string(),
  Comment: z.string().optional(),
  Next: z.string().optional(),
  Default: z.string().optional(),
  Choices: z.array(z.looseObject({ Next: z.string() })).optional(),
  TimeoutSeconds: z.int().optional(),
  Retry: z.array(Rule).optional(),
  Catch: z.array(Rule).optional(),
});
const machine = z
  .looseObject({ StartAt: z.string(), States: z.record(z.string(), State) })
  .parse(JSON.parse(readFileSync('statemachines/process-video.asl.json', 'utf8')));
const tasks = Object.entries(machine.States).filter(([, state]) => state.Type === 'Task');

describe('the state machine', () => {
  it.each(tasks)('%s ends in time, retries what may pass, and ends with a reason otherwise', (name, state) => {
    expect(state.TimeoutSeconds).toBeGreaterThan(0);
    expect(state.Comment).toBeTruthy();
    expect(state.Retry?.length).toBeGreaterThan(0);
    const caught = state.Catch?.map((rule) => [rule.ErrorEquals, rule.Next]);
    expect(caught).toEqual(name === 'RecordReason' ? undefined : [[['States.ALL'], 'RecordReason']]);
  });

  it('never tries a stage again that ended for a reason, whichever', () => {
    const final = machine.States['Encode']?.Retry?.[0];
    expect(final?.MaxAttempts).toBe(0);
    expect(final?.ErrorEquals.toSorted()).toEqual(Object.keys(reasons).toSorted());
  });

  it('sends its message in the group of the creator, as all other messages are sent', () => {
    expect(machine.States['Prepare']?.['Arguments']).toMatchObject({
      MessageGroupId: '{% $states.context.Execution.Input.ownerId %}',
    });
  });

  it('reaches every state, and names none that is not there', () => {
    const reached = new Set<string>();
    const visit = (name: string) => {
      if (reached.has(name)) return;
      reached.add(name);
      const state = machine.States[name];
      expect(state, name).toBeDefined();
      const next = [
        state?.Next,
        state?.Default,
        ...(state?.Choices ?? []).map((c) => c.Next),
        ...(state?.Catch ?? []).map((c) => c.Next),
      ];
      for (const to of next) if (to !== undefined) visit(to);
    };
    visit(machine.StartAt);
    expect([...reached].toSorted()).toEqual(Object.keys(machine.States).toSorted());
  });
});
