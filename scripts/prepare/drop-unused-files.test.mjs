import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dropUnusedFiles } from './drop-unused-files.mjs';

const parent = mkdtempSync(path.join(tmpdir(), 'mathpie-drop-'));
afterAll(() => rmSync(parent, { recursive: true, force: true }));

const kept = [
  'node_modules/@node-llama-cpp/linux-arm64/package.json',
  'node_modules/@node-llama-cpp/linux-x64/bins/linux-x64/libggml.so',
  'node_modules/zeromq/build/linux/x64/node/115/addon.node',
  'node_modules/zeromq/build/manifest.json',
  'node_modules/fs-native-extensions/prebuilds/linux-x64/fs.node',
  // its name says no system at all
  'node_modules/wasm/dist/addon.node',
  // a name in which such a word only stands
  'node_modules/winston/lib/armour.node',
  'node_modules/maps/world.map',
  'node_modules/maps/tokens.map.js',
  'src/a.js.map',
  'node_modules/win32/index.js',
];
const dropped = [
  'node_modules/@node-llama-cpp/linux-arm64/bins/linux-arm64/libggml.so',
  'node_modules/@node-llama-cpp/mac-x64/bins/mac-x64/libggml.dylib',
  'node_modules/zeromq/build/linux/arm64/node/musl-127-Release/addon.node',
  'node_modules/zeromq/build/win32/x64/node/115/addon.node',
  'node_modules/fs-native-extensions/prebuilds/ios-x64-simulator/fs.bare',
  'node_modules/zod/index.d.cts.map',
  'node_modules/zod/index.js.map',
  'node_modules/deep/node_modules/katex/katex.min.map',
];
const place = (file) => path.join(parent, file);

beforeAll(() => {
  for (const file of [...kept, ...dropped]) {
    mkdirSync(path.dirname(place(file)), { recursive: true });
    writeFileSync(place(file), file);
  }
  symlinkSync(parent, place('node_modules/mathpie'), 'junction');
  // the second time finds nothing to do
  for (let times = 0; times < 2; times += 1) dropUnusedFiles(place('node_modules'), { platform: 'linux', arch: 'x64' });
});

it.each(kept)('%s stays', (file) => expect(existsSync(place(file))).toBe(true));
it.each(dropped)('%s is dropped', (file) => expect(existsSync(place(file))).toBe(false));
