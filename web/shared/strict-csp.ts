import * as z from 'zod';

/**
 * Zod compiles object schemas with `new Function` where it may. Our content security policy forbids that, and even
 * the caught attempt is reported in the console. Imported before any module that makes a schema.
 */
z.config({ jitless: true });
