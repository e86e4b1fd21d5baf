/**
 * How the fleet follows the backlog. Infrastructure makes its policies of these figures, and the simulation of capacity
 * lives by them.
 */
export const scaling = {
  /** How often the backlog is published, and looked at. */
  periodSeconds: 60,
  /** Periods above its target before target tracking adds tasks, and below nine tenths of it before it takes some away: AWS's own. */
  periodsToGrow: 3,
  periodsToShrink: 15,
  shrinkBelow: 0.9,
  /** A new task takes a minute to start and some more to show in the backlog. */
  scaleOutCooldownSeconds: 60,
  /** A burst of uploads comes in waves; what was started stays for the next. */
  scaleInCooldownSeconds: 600,
} as const;

/** How long the fleet would take for what there is, in seconds: the figure that scaling keeps at its target. */
export const drainSeconds = (backlogCpuSeconds: number, tasks: number, coresPerTask: number): number =>
  backlogCpuSeconds / (coresPerTask * Math.max(1, tasks));
