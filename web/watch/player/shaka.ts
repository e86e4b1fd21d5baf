import type shakaTypes from 'shaka-player/dist/shaka-player.hls-es2021.js';

export type Shaka = typeof shakaTypes;
export type Format = 'hls' | 'dash';

/** Loads the build of Shaka Player for one format: a quarter smaller than the one for both. */
export async function loadShaka(format: Format): Promise<Shaka> {
  const module =
    format === 'dash'
      ? await import('shaka-player/dist/shaka-player.dash-es2021.js')
      : await import('shaka-player/dist/shaka-player.hls-es2021.js');
  const shaka = module.default as Shaka;
  shaka.polyfill.installAll();
  return shaka;
}
