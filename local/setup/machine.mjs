import { statfs } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { root } from './paths.mjs';
import { Refusal } from './refusal.mjs';

const neededBytes = 3e9;

/** The media binaries come as ready-made wheels for these machines only. */
export async function checkPlatform() {
  const supported = ['linux', 'darwin'].includes(platform()) && ['x64', 'arm64'].includes(arch());
  if (!supported) {
    throw new Refusal(
      `There are no ready-made media binaries for ${platform()} on ${arch()}. Use Linux or macOS on x86-64 or arm64 (on Windows: WSL 2).`,
    );
  }
  if (platform() === 'linux' && !process.report.getReport().header.glibcVersionRuntime) {
    throw new Refusal(
      'This Linux uses the musl C library (Alpine?), for which there is no Node 24 and no local cloud on the registries. Use a distribution with glibc, such as Debian, Ubuntu or Fedora.',
    );
  }
}

export async function checkDisk() {
  const { bavail, bsize } = await statfs(root);
  const free = Number(bavail) * Number(bsize);
  if (free < neededBytes) {
    throw new Refusal(
      `Only ${(free / 1e9).toFixed(1)} GB are free where ${root} is, and Sluice needs 3 GB for its packages and videos. Free some space, or clone it to another disk.`,
    );
  }
}
