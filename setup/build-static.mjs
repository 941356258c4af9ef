// Builds static/build from static/css and static/js: each file's name holds a hash of its content, and
// manifest.json says which plain name became which. Beside each lies the same, packed. Partials (_name.scss) are read
// by others, not built.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { compile } from "sass";

const OUT = "static/build";
const NEW = `${OUT}.new`;

const entries = ["static/css", "static/js"].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => /\.(scss|css|js)$/.test(name) && !name.startsWith("_"))
    .map((name) => join(folder, name)),
);

// The libraries warn one another about their next editions; only what our own files do is of interest here.
const logger = { warn: (text, { stack }) => stack?.trimStart().startsWith("node_modules") || console.warn(text, stack) };

const scss = {
  name: "scss",
  setup({ onLoad }) {
    onLoad({ filter: /\.scss$/ }, ({ path }) => ({
      contents: compile(path, { loadPaths: ["static/css", "node_modules", "."], quietDeps: true, logger }).css,
      loader: "css",
      resolveDir: process.cwd(),
    }));
  },
};

rmSync(NEW, { recursive: true, force: true });
mkdirSync(NEW, { recursive: true });
const { metafile } = await build({
  entryPoints: entries,
  outdir: NEW,
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  minify: true,
  metafile: true,
  format: "esm",
  target: "es2022",
  legalComments: "none",
  loader: { ".svg": "file", ".png": "file" },
  plugins: [scss],
}).catch(() => process.exit(1)); // esbuild has said what is wrong and where

const plain = (source) => basename(source, extname(source)) + (extname(source) === ".scss" ? ".css" : extname(source));
const manifest = Object.fromEntries(
  Object.entries(metafile.outputs)
    .filter(([, { entryPoint }]) => entryPoint)
    .map(([file, { entryPoint }]) => [plain(entryPoint.replace(/^scss:/, "")), basename(file)])
    .sort(),
);
writeFileSync(join(NEW, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
for (const file of readdirSync(NEW).filter((name) => /\.(css|js|svg)$/.test(name))) {
  const plainly = readFileSync(join(NEW, file));
  writeFileSync(join(NEW, `${file}.br`), brotliCompressSync(plainly));
  writeFileSync(join(NEW, `${file}.gz`), gzipSync(plainly, { level: 9 }));
}
rmSync(OUT, { recursive: true, force: true });
renameSync(NEW, OUT);
for (const [name, file] of Object.entries(manifest)) {
  console.log(`   ${name.padEnd(12)} ${Math.ceil(metafile.outputs[join(NEW, file)].bytes / 1024)} KiB`);
}
