import { defaultInstance } from './instance.ts';
import { stopInstance } from './supervisor/stop-instance.ts';

/** `npm stop`: ends what `npm start` has started, wherever that was. */
console.log((await stopInstance(defaultInstance)) ? 'Stopped.' : 'Nothing was running.');
